import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Context } from '../exchange/context.js';
import type { Frozen } from '../frozen.js';
import { formatScenario, parseScenario } from '../scenarios/scenario.js';
import type { Account } from '../state/store.js';
import { accountOf, putAccount } from './account-access.js';
import { bundle, bundleInput, completeBundle } from './bundles.js';
import { ControlProblem } from './problem.js';
import {
  type Control,
  closed,
  documented,
  name,
  scenarioText,
  shownName,
  type UserParams,
  userParams,
} from './routes.js';

/** With its secrets: they open nothing but this simulator. */
export const accountAnswer = Type.Object({
  username: shownName,
  password: shownName,
  clientId: shownName,
  clientSecret: shownName,
  bundles: Type.Array(bundle),
  defaultScenario: Type.Union([scenarioText, Type.Null()]),
});
export type AccountAnswer = Frozen<Static<typeof accountAnswer>>;

const credentials = { password: name, clientId: name, clientSecret: name };
export const accountInput = Type.Partial(
  Type.Object({
    username: name,
    ...credentials,
    bundles: Type.Array(bundleInput),
    defaultScenario: scenarioText,
  }),
  closed,
);
export type AccountInput = Static<typeof accountInput>;

const accountChange = Type.Partial(
  Type.Object({
    ...credentials,
    bundles: Type.Array(bundleInput),
    defaultScenario: Type.Union([scenarioText, Type.Null()]),
  }),
  closed,
);
export type AccountChange = Static<typeof accountChange>;

/** Who may log in, with which bundles. What is not said is made up, from the seed and the user name. */
export function registerAccounts(app: FastifyInstance, { context }: Control): void {
  const { store, clocks, journal, controls } = context;

  app.get('/accounts', documented('Accounts', 'All accounts', Type.Array(accountAnswer)), async () =>
    (await store.listAccounts()).map(showAccount),
  );

  app.post<{ Body: AccountInput }>(
    '/accounts',
    documented(
      'Accounts',
      'A new account, for a test of its own',
      accountAnswer,
      { body: accountInput },
      201,
    ),
    async ({ body: input }, reply) => {
      const username = input.username ?? (await nextName(context));
      if ((await store.findUser(username)) !== undefined) {
        throw new ControlProblem(
          409,
          `there is an account "${username}" already; PATCH it, or choose another name`,
        );
      }
      const account = completeAccount({ ...input, username }, context);
      await putAccount(account, context);
      return reply.code(201).send(showAccount(account));
    },
  );

  app.get<{ Params: UserParams }>(
    '/accounts/:username',
    documented('Accounts', 'One account', accountAnswer, { params: userParams }),
    async ({ params }) => showAccount(await accountOf(params.username, context)),
  );

  app.patch<{ Params: UserParams; Body: AccountChange }>(
    '/accounts/:username',
    documented('Accounts', 'Other credentials, bundles or default scenario', accountAnswer, {
      params: userParams,
      body: accountChange,
    }),
    async ({ params, body }) => {
      const account = changeAccount(await accountOf(params.username, context), body, context);
      await putAccount(account, context);
      return showAccount(account);
    },
  );

  app.delete<{ Params: UserParams }>(
    '/accounts/:username',
    documented(
      'Accounts',
      'The account goes, with its tokens, queue and clock',
      null,
      { params: userParams },
      204,
    ),
    async ({ params: { username } }, reply) => {
      await accountOf(username, context);
      await store.removeAccount(username);
      await controls.change(() => clocks.reset(username));
      return reply.code(204).send();
    },
  );

  app.post<{ Params: UserParams }>(
    '/accounts/:username/reset',
    documented(
      'Accounts',
      'The account as it was made: no tokens, calls, queue or journal, and the server’s clock',
      accountAnswer,
      {
        params: userParams,
      },
    ),
    async ({ params: { username } }) => {
      await accountOf(username, context);
      await store.resetAccount(username);
      await controls.change(() => clocks.reset(username));
      await journal.clear({ account: username });
      return showAccount(await accountOf(username, context));
    },
  );
}

const showAccount = ({ defaultScenario, ...account }: Account): AccountAnswer => ({
  ...account,
  defaultScenario: defaultScenario === undefined ? null : formatScenario(defaultScenario),
});

/** For tests that do not care about names. Tests side by side should: the number depends on who comes first. */
async function nextName({ store }: Context): Promise<string> {
  const taken = new Set((await store.listAccounts()).map(({ username }) => username));
  let n = 1;
  while (taken.has(`account-${n}`)) n++;
  return `account-${n}`;
}

function completeAccount(input: AccountInput & { username: string }, context: Context): Account {
  const { username, defaultScenario, bundles = [{}], ...given } = input;
  const made = (kind: 'password' | 'clientId' | 'clientSecret') =>
    context.identifiers.credential(kind, username);
  return {
    username,
    password: made('password'),
    clientId: made('clientId'),
    clientSecret: made('clientSecret'),
    ...given,
    bundles: bundles.map((each, i) => completeBundle(each, username, i + 1, context)),
    ...(defaultScenario === undefined ? {} : { defaultScenario: parseScenario(defaultScenario) }),
  };
}

function changeAccount(
  { defaultScenario: old, ...account }: Account,
  { bundles, defaultScenario, ...change }: AccountChange,
  context: Context,
): Account {
  const scenario =
    defaultScenario === undefined
      ? old
      : defaultScenario === null
        ? undefined
        : parseScenario(defaultScenario);
  return {
    ...account,
    ...change,
    ...(bundles && {
      bundles: bundles.map((each, i) => completeBundle(each, account.username, i + 1, context)),
    }),
    ...(scenario && { defaultScenario: scenario }),
  };
}
