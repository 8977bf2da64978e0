import Type, { type TSchema } from 'typebox';
import type { ErrorName } from '../errors.js';

/**
 * Everything that this server can be told to do, as data. `docs/scenarios.md`, `GET /__mock/scenarios`, the magic bundle keys
 * and the tests come from these rows. A row only names its effect; `api/perform.ts` carries out those that come before the
 * answer, `api/perform-on-answer.ts` those that change it on its way.
 */
export type ScenarioRow = RowBeforeAnswer | RowOnAnswer;

interface RowText {
  /** What the client sees, as the documentation prints it. */
  readonly does: string;
  /** What it answers with; `null` where the usual answer keeps its status, or none arrives. */
  readonly status: number | null;
  readonly parameters?: Readonly<Record<string, Parameter>>;
}

interface RowBeforeAnswer extends RowText {
  /** Where it takes place: everything before has been checked as usual, nothing after happens. */
  readonly station: StationBeforeAnswer;
  readonly effect: EffectBeforeAnswer | NoEffect;
}

interface RowOnAnswer extends RowText {
  readonly station: 'answer';
  readonly effect: EffectOnAnswer;
}

/**
 * The stations of a request at which something can be made to happen, in their order, each with its number in
 * docs/architecture.md. The journal has the last one that a request came to. Stations 1, 3 and 12 have no name: nothing can be
 * made to happen there, and the journal says `null` of a request that station 3 refused.
 */
export const stations = [
  'gateway', // 2
  'intake', // 4
  'authenticate', // 5
  'body', // 6; what is made to happen there does so when station 5 is passed, before the body is read
  'entitle', // 7
  'photo', // 8
  'trials', // 9
  'crop', // 10
  'answer', // 11
] as const;
export type Station = (typeof stations)[number];
type StationBeforeAnswer = Exclude<Station, 'answer'>;

/** The usual answer; what is weaker than the way in which this was chosen does not happen. */
interface NoEffect {
  readonly kind: 'pass';
}

/** What happens when a request comes to a station, mostly instead of all that follows. */
export type EffectBeforeAnswer =
  /** As if the rule of that row had refused the request. */
  | { readonly kind: 'refuse'; readonly row: ErrorName }
  | { readonly kind: 'exhaust' }
  /** A 422 with the code and the message of the parameters. */
  | { readonly kind: 'unprocessable' }
  /** The status and the message of the parameters. */
  | { readonly kind: 'error' }
  /** What a proxy in front of the API would answer: an HTML page. */
  | {
      readonly kind: 'gateway';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'kill-worker' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang-up' };

/** What happens to an answer that is made as usual. */
export type EffectOnAnswer =
  | { readonly kind: 'delay'; readonly distribution: 'fixed' | 'uniform' | 'log-normal' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'garble' }
  | { readonly kind: 'dribble' }
  | { readonly kind: 'forge' };

export interface Parameter {
  readonly schema: TSchema;
  readonly default: string | number;
  readonly help: string;
}

/** Nobody waits longer; Node's timers take 2³¹ ms at most. */
export const longestMs = 600_000;
const integer = (minimum: number, maximum: number, fallback: number, help: string) => ({
  schema: Type.Integer({ minimum, maximum }),
  default: fallback,
  help,
});
const milliseconds = (fallback: number, help: string) => integer(0, longestMs, fallback, help);
const text = (fallback: string, help: string) => ({
  schema: Type.String({ minLength: 1, maxLength: 500 }),
  default: fallback,
  help,
});

const refusedAt = (
  station: StationBeforeAnswer,
  status: number,
  row: ErrorName,
  does: string,
): ScenarioRow => ({
  station,
  status,
  does,
  effect: { kind: 'refuse', row },
});

const gateway = (status: number, does: string, headers?: Readonly<Record<string, string>>): ScenarioRow => ({
  station: 'gateway',
  status,
  does,
  effect: { kind: 'gateway', status, ...(headers === undefined ? {} : { headers }) },
});

export const scenarioCatalogue = {
  ok: {
    station: 'gateway',
    status: null,
    does: 'the usual answer, whatever a rule or a default says',
    effect: { kind: 'pass' },
  },

  'bad-request': refusedAt('body', 400, 'MISSING_INPUT', 'the documented 400'),
  'invalid-bundle-key': refusedAt('entitle', 401, 'INVALID_BUNDLE_KEY', 'the documented 401'),
  'token-expired': refusedAt(
    'authenticate',
    403,
    'ACCESS_TOKEN_NOT_FOUND',
    'the documented 403, as for a token that has expired',
  ),
  'trials-exhausted': {
    station: 'trials',
    status: 403,
    does: '403, as for a token without trials (422 with `trials-exhausted-code`)',
    effect: { kind: 'exhaust' },
  },
  'not-found': refusedAt('gateway', 404, 'NOT_FOUND', 'the documented 404'),
  'too-large': refusedAt('intake', 413, 'ENTITY_TOO_LARGE', '413, as for a body over `body-limit`'),
  'unsupported-media-type': refusedAt('photo', 415, 'UNSUPPORTED_MEDIA_TYPE', 'the documented 415'),
  'no-card': refusedAt('crop', 422, 'CARD_NOT_FOUND', '422, as for a photo without a card'),
  'image-unreadable': refusedAt('crop', 422, 'IMAGE_UNREADABLE', '422, as for a broken picture'),
  'image-too-small': refusedAt('crop', 422, 'IMAGE_TOO_SMALL', '422, as for a picture under `min-side`'),
  'image-too-large': refusedAt('crop', 422, 'IMAGE_TOO_LARGE', '422, as for a picture over `max-pixels`'),
  unprocessable: {
    station: 'crop',
    status: 422,
    does: '422 with any code and message; the trial is spent',
    effect: { kind: 'unprocessable' },
    parameters: {
      code: integer(-2147483648, 2147483647, 5015, '`error_code`'),
      message: text(
        'An error occurred. Please try again and if the error persists, please contact us at techsupport@valify.me',
        '`message`',
      ),
    },
  },
  'server-error': refusedAt('crop', 500, 'INTERNAL_SERVER_ERROR', 'the documented 500'),
  'worker-dies': {
    station: 'crop',
    status: 500,
    does: 'a crop worker is really killed: the documented 500',
    effect: { kind: 'kill-worker' },
  },
  busy: refusedAt('crop', 503, 'SERVICE_UNAVAILABLE', '503 with Retry-After, as when the crop queue is full'),
  error: {
    station: 'gateway',
    status: null,
    does: 'any status with any message',
    effect: { kind: 'error' },
    parameters: {
      status: integer(400, 599, 500, 'the status'),
      message: text('Internal Server Error', '`message`'),
    },
  },

  'rate-limited': gateway(429, '429 with Retry-After, as a proxy sends it', { 'retry-after': '30' }),
  'bad-gateway': gateway(502, '502, as a proxy sends it'),
  'service-unavailable': gateway(503, '503, as a proxy sends it'),
  'gateway-timeout': gateway(504, '504, as a proxy sends it'),

  slow: {
    station: 'answer',
    status: null,
    does: 'the usual answer, later',
    effect: { kind: 'delay', distribution: 'fixed' },
    parameters: { ms: milliseconds(2000, 'how much later') },
  },
  'slow-uniform': {
    station: 'answer',
    status: null,
    does: 'the usual answer, later by a time between two bounds',
    effect: { kind: 'delay', distribution: 'uniform' },
    parameters: { min: milliseconds(500, 'at least'), max: milliseconds(3000, 'at most') },
  },
  'slow-log-normal': {
    station: 'answer',
    status: null,
    does: 'the usual answer, later by a log-normal time: mostly short, now and then long',
    effect: { kind: 'delay', distribution: 'log-normal' },
    parameters: {
      median: milliseconds(800, 'half of the calls wait less'),
      sigma: {
        schema: Type.Number({ minimum: 0, maximum: 3 }),
        default: 0.5,
        help: 'standard deviation of the logarithm',
      },
    },
  },
  'time-out': {
    station: 'gateway',
    status: null,
    does: 'no answer; the connection stays open until the client or `ms` ends it',
    effect: { kind: 'hang' },
    parameters: { ms: milliseconds(60_000, 'when the server hangs up') },
  },
  'connection-reset': {
    station: 'gateway',
    status: null,
    does: 'a TCP reset instead of an answer',
    effect: { kind: 'reset' },
  },
  'empty-reply': {
    station: 'gateway',
    status: null,
    does: 'the connection is closed without a byte',
    effect: { kind: 'hang-up' },
  },
  'cut-body': {
    station: 'answer',
    status: null,
    does: 'half of the usual answer, then the connection closes',
    effect: { kind: 'cut' },
  },
  'garbled-json': {
    station: 'answer',
    status: null,
    does: 'the usual answer with its second half no JSON, its length right',
    effect: { kind: 'garble' },
  },
  'slow-dribble': {
    station: 'answer',
    status: null,
    does: 'the usual answer in small pieces',
    effect: { kind: 'dribble' },
    parameters: {
      ms: milliseconds(5000, 'from the first byte to the last'),
      pieces: integer(2, 1000, 20, 'how many'),
    },
  },
  'bad-signature': {
    station: 'answer',
    status: null,
    does: 'the usual answer with a wrong `hmac` header',
    effect: { kind: 'forge' },
  },
} as const satisfies Record<string, ScenarioRow>;

export type ScenarioName = keyof typeof scenarioCatalogue;
export const scenarioNames = Object.keys(scenarioCatalogue) as ScenarioName[];
export const scenarioRow = (name: ScenarioName): ScenarioRow => scenarioCatalogue[name];
