import { availableParallelism } from 'node:os';
import { URL } from 'node:url';
import Type, { type Static, type TSchema } from 'typebox';
import { type ErrorRow, errorCatalogue, errorOverride } from '../errors.js';
import { ruleConditions } from '../scenarios/rules.js';
import { readAddress } from '../state/redis/address.js';
import { defaultCropOptions } from '../vision/options.js';

/**
 * The one table of settings. A row gives the flag (`--body-limit`), the environment variable (`ID_CROPPER_BODY_LIMIT`), the key
 * in the config file (`body-limit`), the type, the default and the help text; `--help` and `docs/settings.md` come from it.
 */
export interface Setting<Schema extends TSchema = TSchema> {
  readonly schema: Schema;
  readonly default?: Static<Schema>;
  readonly help: string;
  /** `photo` settings also apply to the commands `detect` and `crop`, `crop` ones to `crop`; `file` ones are too large for a flag. */
  readonly reach: 'server' | 'photo' | 'crop' | 'file';
}

const row = <Schema extends TSchema>(
  reach: Setting['reach'],
  schema: Schema,
  fallback: Static<Schema>,
  help: string,
) => ({ reach, schema, default: fallback, help });

const optionalRow = <Schema extends TSchema>(reach: Setting['reach'], schema: Schema, help: string) => ({
  reach,
  schema,
  help,
});

const closed = { additionalProperties: false } as const;
const nonEmpty = Type.String({ minLength: 1 });

/** `*`, or origins as browsers send them: the scheme may be an app's own (`capacitor://localhost`), `null` is a page without one. */
const isOrigin = (text: string) =>
  text === '*' || text === 'null' || (/^[a-z][a-z0-9+.-]*:\/\/[^/?#@*\s]+$/.test(text) && !isRewritten(text));

/** A browser would send it otherwise: without a default port, in lower case. */
const isRewritten = (text: string) =>
  /^https?:/i.test(text) && !(URL.canParse(text) && new URL(text).origin === text);

const origins = Type.Refine(
  Type.String(),
  (text) => text.split(',').every((origin) => isOrigin(origin.trim())),
  () => 'must be * or origins as browsers send them, such as "https://app.example, http://localhost:5173"',
);

function isAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { username, password, search, hash } = new URL(text);
  return `${username}${password}${search}${hash}` === '';
}

const stateAddress = Type.Refine(
  nonEmpty,
  (text) => text === 'memory' || readAddress(text) !== undefined,
  () => 'must be memory, or an address such as "redis://:password@host:6379/0?prefix=id-cropper&ttl=86400"',
);

const upstreamAddress = Type.Refine(
  nonEmpty,
  isAddress,
  () => 'must be an address such as "https://api.example", without user name, query and fragment',
);

const count = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });

/** The credentials that the README prints. They open nothing but this simulator. */
export const demoAccount = {
  username: 'demo',
  password: 'demo',
  client_id: 'demo-client',
  client_secret: 'demo-secret',
  bundles: [{ bundle_key: '00000000000000000000000000000000', hmac_key: 'demo-hmac-key' }],
} as const;

export const cropperService = 'id_cropper';

/** Calls that a token has for a service. */
export const trials = count(0, 1_000_000);

/** Credentials are spelt as the vendor spells them, so that they can be pasted. */
const accounts = Type.Array(
  Type.Object(
    {
      username: nonEmpty,
      password: nonEmpty,
      client_id: nonEmpty,
      client_secret: nonEmpty,
      bundles: Type.Array(
        Type.Object(
          {
            bundle_key: nonEmpty,
            hmac_key: nonEmpty,
            trials: Type.Optional(trials),
            services: Type.Optional(Type.Array(Type.String())),
          },
          closed,
        ),
      ),
      default_scenario: Type.Optional(nonEmpty),
    },
    closed,
  ),
  { minItems: 1 },
);

/** Conditions, and what happens to the calls that fit all of them; the first rule that fits counts. */
const rules = Type.Array(Type.Object({ scenario: nonEmpty, ...ruleConditions.properties }, closed));

/** The forms in which the vendor's paths are written; `//` stands for slashes that are repeated anywhere. */
export const cropperForms = [
  '/api/v1/id_cropper_register',
  '/api/v1/id_cropper_register/',
  '/api/v1/id_cropper/register',
  '/api/v1/id_cropper/register/',
] as const;
export const pathForms = [...cropperForms, '/api/o/token', '//'] as const;
export type PathForm = (typeof pathForms)[number];

/** Statuses of a form that is not served: a redirect leads to the other one, with or without the slash. */
export const unservedStatuses = [301, 302, 307, 308, 404] as const;
type UnservedStatus = (typeof unservedStatuses)[number];

type PathStatuses = { readonly [Form in PathForm]?: UnservedStatus };

const isRedirect = (status: number | undefined) => status !== undefined && status < 400;

const paths = Type.Refine(
  Type.Unsafe<PathStatuses>(
    Type.Partial(
      Type.Object(Object.fromEntries(pathForms.map((form) => [form, Type.Enum([...unservedStatuses])]))),
      closed,
    ),
  ),
  (given) =>
    cropperForms.some((form) => given[form] === undefined) &&
    !cropperForms.some((form) => isRedirect(given[form]) && isRedirect(given[otherForm(form)])),
  () => 'must leave a path of the cropper served, and redirect no path in a circle',
);

/** With the slash at the end that it lacks, or without the one that it has. */
export function otherForm(path: string): PathForm {
  return (path.endsWith('/') ? path.slice(0, -1) : `${path}/`) as PathForm;
}

const duration = Type.Number({ minimum: 0, maximum: 600_000 });

/** Of answers to photos: log-normal around a median that grows with the request. */
const latency = Type.Object(
  {
    median: duration,
    'per-megabyte': Type.Optional(duration),
    sigma: Type.Optional(Type.Number({ minimum: 0, maximum: 2 })),
  },
  closed,
);
export type Latency = Static<typeof latency>;

const textOverride = Type.Partial(Type.Object({ en: errorOverride.properties.en }), closed);

/** A code and an Arabic text only where the row has them: the bodies of the other statuses have no place for them. */
const overrideOf = ({ code }: ErrorRow) =>
  (code === undefined ? textOverride : errorOverride) as typeof errorOverride;

const errorOverrides = Type.Partial(
  Type.Object(
    Object.fromEntries(
      Object.entries<ErrorRow>(errorCatalogue).map(([name, errorRow]) => [name, overrideOf(errorRow)]),
    ),
  ),
  closed,
);

export const settings = {
  host: row('server', nonEmpty, '127.0.0.1', 'address to listen on; 0.0.0.0 for all interfaces'),
  port: row('server', count(0, 65_535), 3000, 'port to listen on; 0 for any free one'),
  tls: row(
    'server',
    Type.Enum(['off', 'self-signed']),
    'off',
    'HTTPS with a certificate made at the start, which a client trusts only if told to; see also tls-cert',
  ),
  'tls-cert': optionalRow('server', nonEmpty, 'HTTPS with the certificate, or chain, in this PEM file'),
  'tls-key': optionalRow('server', nonEmpty, 'PEM file of its private key'),
  'body-limit': row('server', count(1, 512 * 2 ** 20), 20 * 2 ** 20, 'longest request body, in bytes'),
  'max-json-values': row(
    'server',
    count(10, 10_000_000),
    10_000,
    "members and elements in a body's JSON; 400 beyond that",
  ),
  'max-json-depth': row('server', count(1, 1000), 100, "levels of a body's JSON; 400 beyond that"),
  cors: optionalRow(
    'server',
    origins,
    "origins whose web pages may call the vendor's paths, separated by commas, or * for all; default: none",
  ),
  'max-connections': row(
    'server',
    count(1, 1_000_000),
    2000,
    'connections that may be open at once; beyond that, new ones are closed',
  ),
  'request-timeout': row('server', count(1, 3600), 60, 'seconds for a request to arrive in full'),
  'shutdown-timeout': row('server', count(0, 3600), 4, 'seconds that requests in flight get after SIGTERM'),
  trials: row('server', trials, 3, 'calls per token and service, where a bundle says nothing else'),
  'token-lifetime': row('server', count(1, 10 ** 9), 600, 'seconds that an access token lives'),
  seed: optionalRow(
    'server',
    nonEmpty,
    'makes tokens and transaction ids reproducible; default: another one at each start',
  ),
  state: row(
    'server',
    stateAddress,
    'memory',
    'where accounts, tokens, trials and the rest are kept: memory, or the redis:// or rediss:// address that replicas share',
  ),
  profile: optionalRow(
    'server',
    nonEmpty,
    'documented, sample, strict, lenient or a YAML file: values for the settings that a profile may hold, below all others',
  ),
  upstream: optionalRow(
    'server',
    upstreamAddress,
    "pass every call under /api/ on to the service at this address, credentials and photos included, return its answer, and count in what it differs from this server's",
  ),
  'trials-remaining-type': row(
    'server',
    Type.Enum(['string', 'integer']),
    'string',
    'JSON type of trials_remaining: string on the ID Cropper page, integer on most other pages of the vendor',
  ),
  'trials-exhausted-code': optionalRow(
    'server',
    Type.Integer(),
    'answer a token without trials with 422 and this error_code instead of 403',
  ),
  'unprocessable-body': row(
    'server',
    Type.Enum(['full', 'short']),
    'full',
    '422 bodies with transaction_id and trials_remaining (full) or with message and error_code alone (short)',
  ),
  'accept-data-uri': row(
    'server',
    Type.Boolean(),
    false,
    'accept img with a data:…;base64, prefix instead of 415',
  ),
  'strict-authorization': row(
    'server',
    Type.Boolean(),
    false,
    "refuse the header Authentication, which the vendor's table names, as a stand-in for Authorization",
  ),
  hmac: row('server', Type.Boolean(), true, 'sign good answers in the header hmac'),
  workers: row('server', count(1, 64), Math.min(2, availableParallelism()), 'crop worker threads at most'),
  'max-queue': row('server', count(1, 100_000), 32, 'photos that may wait for a worker; 503 beyond that'),
  'max-queue-bytes': row(
    'server',
    count(1, 2 ** 36),
    64 * 2 ** 20,
    'bytes of large request bodies that may be held at once, from their first byte until they are cropped; 503 beyond that',
  ),
  // With crop-timeout less than the 30 s after which many clients give up.
  'queue-timeout': row(
    'server',
    count(1, 3600),
    10,
    'seconds that a photo waits for a worker; 503 after that',
  ),
  'crop-timeout': row(
    'server',
    count(1, 3600),
    15,
    'seconds after which a crop that a worker has begun is given up with 500',
  ),
  'magic-card': row(
    'server',
    Type.Boolean(),
    true,
    'look for the QR code of a magic card on every card that is cropped',
  ),
  'log-level': row(
    'server',
    Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    'info',
    'least severe lines to log',
  ),
  'log-format': row(
    'server',
    Type.Enum(['auto', 'json', 'pretty']),
    'auto',
    'lines of the log; auto: to be read by people on a terminal, JSON elsewhere',
  ),
  'default-scenario': optionalRow(
    'server',
    nonEmpty,
    'what calls to the cropper do unless they or their accounts say otherwise, such as "slow;ms=500"',
  ),
  'magic-keys': row('server', Type.Boolean(), true, 'bundle keys that name a scenario, on every account'),
  control: row(
    'server',
    Type.Enum(['auto', 'on', 'off']),
    'auto',
    'the control API under /__mock; auto: where the server listens on loopback, or has a control-token',
  ),
  'control-token': optionalRow('server', nonEmpty, 'bearer token that the control API asks for'),
  metrics: row('server', Type.Boolean(), true, 'numbers for Prometheus under /metrics'),
  journal: row('server', Type.Boolean(), true, 'remember requests for the control API'),
  'journal-entries': row('server', count(1, 1_000_000), 1000, 'requests remembered at most'),
  'journal-bytes': row(
    'server',
    count(0, 2 ** 32),
    32 * 2 ** 20,
    'bytes of memory for the journal: an eighth for the requests, the rest for the last of their pictures',
  ),
  'journal-pictures': row('server', Type.Boolean(), true, 'remember the photos and crops too, in memory'),
  'max-pixels': row(
    'photo',
    count(1, 268_402_689),
    defaultCropOptions.maxPixels,
    'largest photo, in pixels (width × height); a JPEG in one scan, which is shrunk while it is read, may have four times as many',
  ),
  'min-side': row(
    'photo',
    count(1, 10_000),
    defaultCropOptions.minSide,
    'shortest side of a photo, in pixels',
  ),
  'min-confidence': row(
    'photo',
    Type.Number({ minimum: 0, maximum: 1 }),
    defaultCropOptions.minConfidence,
    'least confidence at which a card counts as found',
  ),
  'output-format': row(
    'crop',
    Type.Enum(['same', 'jpeg', 'png', 'webp']),
    defaultCropOptions.outputFormat,
    'format of the crop; same: JPEG for JPEG, PNG for PNG, JPEG for WebP',
  ),
  'output-max-side': row(
    'crop',
    count(16, 10_000),
    defaultCropOptions.maxOutputSide,
    'longest side of the crop, in pixels; nothing is ever enlarged',
  ),
  'output-quality': row('crop', count(1, 100), defaultCropOptions.quality, 'quality of JPEG and WebP crops'),
  accounts: row(
    'file',
    accounts,
    [{ ...demoAccount, bundles: [...demoAccount.bundles] }],
    'who may log in, with which bundles; replaces the demo account',
  ),
  rules: row('file', rules, [], 'scenarios for certain calls: of an account, the n-th, a share of them'),
  paths: row(
    'file',
    paths,
    {},
    'forms of the paths that are not served, each with its status: 404, or a redirect to the other form',
  ),
  latency: optionalRow(
    'file',
    latency,
    'least milliseconds until the answer to a photo: median, more per megabyte of the request, and sigma of the log-normal around that',
  ),
  errors: row('file', errorOverrides, {}, 'error_code and texts of rows of the error catalogue'),
} satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
export const settingNames = Object.keys(settings) as SettingName[];

/** `body-limit` → `ID_CROPPER_BODY_LIMIT` */
export const environmentName = (name: string): string =>
  `ID_CROPPER_${name.toUpperCase().replaceAll('-', '_')}`;

/** What is built once, when the server starts; the rest can be changed while it runs. */
export const fixedAtStart: ReadonlySet<SettingName> = new Set([
  'host',
  'port',
  'tls',
  'tls-cert',
  'tls-key',
  'body-limit',
  'cors',
  'max-connections',
  'request-timeout',
  'shutdown-timeout',
  'seed',
  'state',
  'upstream',
  'workers',
  'log-format',
  'control',
  'control-token',
  'metrics',
]);
