import Type, { type Static } from 'typebox';
import type { Frozen } from '../frozen.js';
import { endpoints } from '../scenarios/rules.js';
import { scenarioSchema } from '../scenarios/scenario.js';

/** The schemas of all that a store remembers: accounts, tokens, trials, queues. A snapshot is all of it as JSON. */

const count = Type.Integer({ minimum: 0 });
/** As the configuration has it: at least something. */
const name = Type.String({ minLength: 1 });
const endpoint = Type.Enum([...endpoints]);

const bundle = Type.Object({
  key: name,
  /** Key of the `hmac` response header, taken as text. */
  hmacKey: name,
  /** Calls that one token has for each service. */
  trials: count,
  /** Services of the vendor that the bundle is entitled to. */
  services: Type.Array(Type.String()),
});
export type Bundle = Frozen<Static<typeof bundle>>;

const account = Type.Object({
  username: name,
  password: name,
  clientId: name,
  clientSecret: name,
  bundles: Type.Array(bundle),
  /** What its calls to the cropper do unless they are told otherwise. */
  defaultScenario: Type.Optional(scenarioSchema),
});
export type Account = Frozen<Static<typeof account>>;

const token = Type.Object({
  username: Type.String(),
  clientId: Type.String(),
  /** Space-separated, as OAuth writes it. */
  scope: Type.String(),
  issuedAtMs: Type.Number(),
  expiresAtMs: Type.Number(),
  accessToken: Type.String(),
  refreshToken: Type.String(),
  revoked: Type.Boolean(),
});
export type AccessToken = Frozen<Static<typeof token>>;

const counter = Type.Object({
  spent: count,
  calls: Type.Integer({
    minimum: 0,
    description: 'never goes back, so that no transaction id is given twice',
  }),
  limit: Type.Optional(Type.Integer({ minimum: 0, description: "takes the place of the bundle's" })),
});
export type Counter = Frozen<Static<typeof counter>>;

const queuedScenario = Type.Object({
  scenario: scenarioSchema,
  endpoint,
  /** Calls that are still to come. */
  times: Type.Integer({ minimum: 1 }),
});
export type QueuedScenario = Frozen<Static<typeof queuedScenario>>;

const accountRecord = Type.Object({
  account,
  original: Type.Object(account.properties, { description: 'as it was made' }),
  issued: count,
  calls: Type.Record(endpoint, count),
  queue: Type.Array(queuedScenario),
});
export type AccountRecord = Frozen<Static<typeof accountRecord>>;

const tokenRecord = Type.Object({
  token,
  refreshable: Type.Boolean({ description: 'whether its refresh token is unused' }),
  counters: Type.Record(Type.String(), counter),
});
export type TokenRecord = Frozen<Static<typeof tokenRecord>>;

export const storeSnapshot = Type.Object({
  configured: Type.Array(account, { description: 'accounts of the configuration' }),
  accounts: Type.Array(accountRecord),
  tokens: Type.Array(tokenRecord),
});
export type StoreSnapshot = Frozen<Static<typeof storeSnapshot>>;
