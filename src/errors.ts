import Type, { type Static } from 'typebox';
import type { Frozen } from './frozen.js';

/**
 * Every refusal of this server as data. One handler (`api/refusals.ts`) turns anything that is thrown into one of these rows.
 *
 * Marks say how we know: `doc`, the vendor's public documentation; `ours`, our choice where nothing public says. Of the four
 * marks of docs/fidelity.md, rows need these two: `client` and `stack` are for what a request may look like and for the token endpoint.
 */

/** Documented for 5009 and 5015, the only 422 codes that are public; the vendor's full table is not. */
const contactSupport =
  'An error occurred. Please try again and if the error persists, please contact us at techsupport@valify.me';

/** Ours: no Arabic text of the vendor is public. */
const contactSupportArabic =
  'حدث خطأ. يرجى المحاولة مرة أخرى، وإذا استمر الخطأ، يرجى التواصل معنا على techsupport@valify.me';

/** `INVALID_DATA`, the documented code nearest to "this picture will not do". We invent no number. */
const invalidData = 5009;

export interface ErrorRow {
  readonly status: number;
  /** What sets it off, as the documentation pages print it. */
  readonly when: string;
  readonly en: string;
  /** Only 422 texts are translated: the others are documented in English without condition. */
  readonly ar?: string;
  /** `error_code` of a 422. */
  readonly code?: number;
  readonly mark: 'doc' | 'ours';
  /** The vendor's documented 422 bodies carry the counter, so 422 spends a trial; the rest does not. */
  readonly spendsTrial: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

const free = { spendsTrial: false } as const;
const unprocessable = {
  status: 422,
  code: invalidData,
  en: contactSupport,
  ar: contactSupportArabic,
  mark: 'ours',
  spendsTrial: true,
} as const;

const badRequest = {
  status: 400,
  en: 'Bad Request – invalid request received (e.g. missing Bundle key, required parameters or invalid json) | Make sure all the required parameters are included',
  ...free,
} as const;

const forbidden = {
  status: 403,
  en: 'Forbidden – specified access_token could not be found',
  ...free,
} as const;

export const errorCatalogue = {
  MISSING_INPUT: {
    ...badRequest,
    when: 'the body is empty, is not a JSON object, or lacks `bundle_key` or `img`, or a field is not a string',
    mark: 'doc',
  },
  UNKNOWN_SCENARIO: {
    status: 400,
    when: 'the request asks for a scenario that does not exist (the message then says what there is)',
    en: 'Unknown scenario',
    mark: 'ours',
    ...free,
  },
  MALFORMED_REQUEST: {
    ...badRequest,
    when: 'the bytes on the wire are not an HTTP request',
    mark: 'ours',
  },
  INVALID_BUNDLE_KEY: {
    status: 401,
    when: 'the bundle key is unknown, belongs to another account, or has no cropper service',
    en: 'Unauthorized – your Bundle key is invalid',
    mark: 'doc',
    ...free,
  },
  ACCESS_TOKEN_NOT_FOUND: {
    ...forbidden,
    when: 'the access token is absent, malformed, unknown, expired or revoked',
    mark: 'doc',
  },
  TRIALS_EXHAUSTED: {
    ...forbidden,
    when: 'the token has no trials left',
    mark: 'ours',
  },
  NOT_FOUND: {
    status: 404,
    when: 'there is no such path',
    en: 'Not Found',
    mark: 'doc',
    ...free,
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    when: 'the path exists, but takes POST only',
    en: 'Method Not Allowed',
    mark: 'ours',
    headers: { allow: 'POST, OPTIONS' },
    ...free,
  },
  REQUEST_TIMEOUT: {
    status: 408,
    when: 'the request did not arrive in full within `request-timeout`',
    en: 'Request Timeout',
    mark: 'ours',
    ...free,
  },
  ENTITY_TOO_LARGE: {
    status: 413,
    when: 'the body is longer than `body-limit`',
    en: 'Request Entity Too Large',
    mark: 'ours',
    ...free,
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    when: 'the body is not declared as JSON, `img` is not base64, or its bytes are no JPEG, PNG or WebP',
    en: 'Unsupported Media Type',
    mark: 'doc',
    ...free,
  },
  IMAGE_UNREADABLE: { ...unprocessable, when: 'the picture is broken, or some of its pixels are missing' },
  IMAGE_TOO_SMALL: { ...unprocessable, when: 'a side of the picture is shorter than `min-side`' },
  IMAGE_TOO_LARGE: {
    ...unprocessable,
    when: 'the picture has more pixels than `max-pixels` allows, or its file asks for more work than the largest may',
  },
  CARD_NOT_FOUND: { ...unprocessable, when: 'no card was found in the picture' },
  UNPROCESSABLE: {
    ...unprocessable,
    when: 'the scenario `unprocessable` asks for it, with its code and message',
  },
  TRIALS_EXHAUSTED_CODED: {
    ...unprocessable,
    ...free,
    when: 'the token has no trials left, and `trials-exhausted-code` is set',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    when: 'the request line and headers are longer than 16 KiB',
    en: 'Request Header Fields Too Large',
    mark: 'ours',
    ...free,
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    when: 'the simulator itself failed, such as a crop worker that died',
    en: 'Internal Server Error',
    mark: 'doc',
    ...free,
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    when: 'the crop queue is full, no worker was free within `queue-timeout`, or the shared state is away',
    en: 'Service Unavailable',
    mark: 'ours',
    headers: { 'retry-after': '1' },
    ...free,
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorName = keyof typeof errorCatalogue;
export type ErrorCatalogue = Readonly<Record<ErrorName, ErrorRow>>;

/** What a user may change of a row: the words and, for a 422, the code. */
export const errorOverride = Type.Partial(
  Type.Object({
    code: Type.Integer(),
    en: Type.String({ minLength: 1 }),
    ar: Type.String({ minLength: 1 }),
  }),
  { additionalProperties: false },
);
export type ErrorOverride = Frozen<Static<typeof errorOverride>>;

/** The catalogue with a user's codes and texts laid over ours. */
export function overrideErrors(
  overrides: Readonly<Partial<Record<ErrorName, ErrorOverride>>>,
): ErrorCatalogue {
  const rows = Object.entries(errorCatalogue) as [ErrorName, ErrorRow][];
  return Object.fromEntries(
    rows.map(([name, row]) => [name, { ...row, ...overrides[name] }]),
  ) as unknown as ErrorCatalogue;
}

/** A request was refused: by which row, and for which reason. The reason is for the log, never for the client. */
export class VendorError extends Error {
  override readonly name = 'VendorError';

  constructor(
    readonly row: ErrorName,
    readonly reason: string,
    options?: ErrorOptions,
    /** Words and code of this one answer, instead of the row's. */
    readonly override: ErrorOverride = {},
  ) {
    super(`${row}: ${reason}`, options);
  }
}

/** @example throw vendorError('CARD_NOT_FOUND', 'confidence 0.12') */
export function vendorError(
  row: ErrorName,
  reason: string,
  cause?: unknown,
  override?: ErrorOverride,
): VendorError {
  if (cause !== undefined) return new VendorError(row, reason, { cause }, override);
  return withoutStack(() => new VendorError(row, reason, undefined, override));
}

/** Where a refusal was thrown, its reason says; to write it down each time takes as long as all else that it takes. */
function withoutStack<Thrown>(create: () => Thrown): Thrown {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return create();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
