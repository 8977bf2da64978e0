import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Context } from '../api/context.js';
import { formatScenario, parseScenario } from '../scenarios/scenario.js';
import { cropperService } from '../settings.js';
import type { Account, Bundle } from '../state/store.js';
import type { Control } from './index.js';
import { ControlProblem } from './problem.js';
import { documented, userParams } from './routes.js';

const closed = { additionalProperties: false } as const;
const name = Type.String({ minLength: 1, maxLength: 200 });
const trials = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const services = Type.Array(Type.String());
const scenarioText = Type.String({ description: 'such as "no-card" or "slow;ms=500"' });

const bundle = Type.Object({ key: name, hmacKey: name, trials, services });
const bundleInput = Type.Partial(bundle, closed);
const bundleChange = Type.Partial(Type.Object({ hmacKey: name, trials, services }), closed);
export type BundleAnswer = Static<typeof bundle>;
export type BundleInput = Static<typeof bundleInput>;
export type BundleChange = Static<typeof bundleChange>;

/** With its secrets: they open nothing but this simulator. */
export const accountAnswer = Type.Object({
  username: name,
  password: name,
  clientId: name,
  clientSecret: name,
  bundles: Type.Array(bundle),
  defaultScenario: Type.Union([scenarioText, Type.Null()]),
});
export type AccountAnswer = Static<typeof accountAnswer>;

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

const bundleParams = Type.Object({ username: Type.String(), key: Type.String() });
type BundleParams = Static<typeof bundleParams>;
type UserParams = Static<typeof userParams>;

/** Who may log in, with which bundles. What is not said is made up, from the seed and the user name. */
export function registerAccounts(app: FastifyInstance, { context }: Control): void {
  const { store, clocks, journal } = context;

  app.get('/accounts', documented('Accounts', 'All accounts', Type.Array(accountAnswer)), async () =>
    (await store.listAccounts()).map(showAccount),
  );

  app.post(
    '/accounts',
    documented(
      'Accounts',
      'A new account, for a test of its own',
      accountAnswer,
      { body: accountInput },
      201,
    ),
    async ({ body }, reply) => {
      const input = body as AccountInput;
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

  app.patch<{ Params: UserParams }>(
    '/accounts/:username',
    documented('Accounts', 'Other credentials, bundles or default scenario', accountAnswer, {
      params: userParams,
      body: accountChange,
    }),
    async ({ params, body }) => {
      const account = changeAccount(
        await accountOf(params.username, context),
        body as AccountChange,
        context,
      );
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
      clocks.reset(username);
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
      clocks.reset(username);
      journal.clear({ account: username });
      return showAccount(await accountOf(username, context));
    },
  );

  app.post<{ Params: UserParams }>(
    '/accounts/:username/bundles',
    documented('Accounts', 'One more bundle', bundle, { params: userParams, body: bundleInput }, 201),
    async ({ params, body }, reply) => {
      const account = await accountOf(params.username, context);
      const added = completeBundle(
        body as Partial<Bundle>,
        account.username,
        nextBundle(account, context),
        context,
      );
      await putAccount({ ...account, bundles: [...account.bundles, added] }, context);
      return reply.code(201).send(added);
    },
  );

  app.patch<{ Params: BundleParams }>(
    '/accounts/:username/bundles/:key',
    documented('Accounts', 'Other trials, services or HMAC key for a bundle', bundle, {
      params: bundleParams,
      body: bundleChange,
    }),
    async ({ params, body }) => {
      const account = await accountOf(params.username, context);
      const changed = { ...bundleOf(account, params.key), ...(body as Partial<Bundle>) };
      const bundles = account.bundles.map((each) => (each.key === params.key ? changed : each));
      await putAccount({ ...account, bundles }, context);
      return changed;
    },
  );

  app.delete<{ Params: BundleParams }>(
    '/accounts/:username/bundles/:key',
    documented('Accounts', 'The bundle goes', null, { params: bundleParams }, 204),
    async ({ params }, reply) => {
      const account = await accountOf(params.username, context);
      const gone = bundleOf(account, params.key);
      await putAccount({ ...account, bundles: account.bundles.filter((each) => each !== gone) }, context);
      return reply.code(204).send();
    },
  );
}

/** @throws {ControlProblem} 404, naming those that there are */
export async function accountOf(username: string, { store }: Context): Promise<Account> {
  const account = await store.findUser(username);
  if (account !== undefined) return account;
  const names = (await store.listAccounts()).map((each) => each.username);
  throw new ControlProblem(404, `there is no account "${username}"; there are ${listSome(names)}`);
}

function bundleOf({ username, bundles }: Account, key: string): Bundle {
  const bundle = bundles.find((each) => each.key === key);
  if (bundle !== undefined) return bundle;
  const keys = bundles.map((each) => each.key);
  throw new ControlProblem(404, `"${username}" has no bundle "${key}"; there are ${listSome(keys)}`);
}

const listSome = (names: readonly string[]) =>
  names.length === 0 ? 'none' : `${names.slice(0, 20).join(', ')}${names.length > 20 ? ' and more' : ''}`;

const showAccount = ({ defaultScenario, ...account }: Account): AccountAnswer =>
  structuredClone({
    ...account,
    defaultScenario: defaultScenario === undefined ? null : formatScenario(defaultScenario),
  }) as AccountAnswer;

async function putAccount(account: Account, { store }: Context): Promise<void> {
  const keys = account.bundles.map(({ key }) => key);
  if (new Set(keys).size < keys.length) throw new ControlProblem(409, 'one bundle key occurs twice');
  const taken = await store.putAccount(account);
  if (taken !== undefined) throw new ControlProblem(409, `another account has this ${taken} already`);
}

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

/** The number after those that there are; when one has gone, the next whose key is free. */
function nextBundle({ username, bundles }: Account, { identifiers }: Context): number {
  const taken = new Set(bundles.map(({ key }) => key));
  let n = bundles.length + 1;
  while (taken.has(identifiers.bundleKey(username, n))) n++;
  return n;
}

function completeBundle(
  given: Partial<Bundle>,
  username: string,
  n: number,
  { identifiers, config }: Context,
): Bundle {
  return {
    key: identifiers.bundleKey(username, n),
    hmacKey: identifiers.hmacKey(username, n),
    trials: config.trials,
    services: [cropperService],
    ...given,
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
