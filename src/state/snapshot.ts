import Type, { type Static } from 'typebox';
import { scenarioNames } from '../scenarios/catalogue.js';
import { endpoints } from '../scenarios/rules.js';

/** What a store remembers, as JSON. */

const count = Type.Integer({ minimum: 0 });
const endpoint = Type.Enum([...endpoints]);

const scenario = Type.Object({
  name: Type.Enum([...scenarioNames]),
  parameters: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});

const account = Type.Object({
  username: Type.String(),
  password: Type.String(),
  clientId: Type.String(),
  clientSecret: Type.String(),
  bundles: Type.Array(
    Type.Object({
      key: Type.String(),
      hmacKey: Type.String(),
      trials: count,
      services: Type.Array(Type.String()),
    }),
  ),
  defaultScenario: Type.Optional(scenario),
});

const token = Type.Object({
  username: Type.String(),
  clientId: Type.String(),
  scope: Type.String(),
  issuedAtMs: Type.Number(),
  expiresAtMs: Type.Number(),
  accessToken: Type.String(),
  refreshToken: Type.String(),
  revoked: Type.Boolean(),
});

const counter = Type.Object({
  spent: count,
  calls: Type.Integer({
    minimum: 0,
    description: 'never goes back, so that no transaction id is given twice',
  }),
  limit: Type.Optional(Type.Integer({ minimum: 0, description: "takes the place of the bundle's" })),
});
export type Counter = Readonly<Static<typeof counter>>;

export const storeSnapshot = Type.Object({
  configured: Type.Array(account, { description: 'accounts of the configuration' }),
  accounts: Type.Array(
    Type.Object({
      account,
      original: Type.Object(account.properties, { description: 'as it was made' }),
      issued: count,
      calls: Type.Record(endpoint, count),
      queue: Type.Array(Type.Object({ scenario, endpoint, times: Type.Integer({ minimum: 1 }) })),
    }),
  ),
  tokens: Type.Array(
    Type.Object({
      token,
      refreshable: Type.Boolean({ description: 'whether its refresh token is unused' }),
      counters: Type.Record(Type.String(), counter),
    }),
  ),
});
export type StoreSnapshot = Static<typeof storeSnapshot>;
