import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { cropperService, trials } from '../config/settings.js';
import type { Context } from '../exchange/context.js';
import type { Frozen } from '../frozen.js';
import type { Account, Bundle } from '../state/store.js';
import { accountOf, listSome, putAccount } from './account-access.js';
import { ControlProblem } from './problem.js';
import { type Control, closed, documented, name, shownName, type UserParams, userParams } from './routes.js';

const services = Type.Array(Type.String());

export const bundle = Type.Object({ key: shownName, hmacKey: shownName, trials, services });
export const bundleInput = Type.Partial(Type.Object({ key: name, hmacKey: name, trials, services }), closed);
const bundleChange = Type.Partial(Type.Object({ hmacKey: name, trials, services }), closed);
export type BundleAnswer = Frozen<Static<typeof bundle>>;
export type BundleInput = Static<typeof bundleInput>;
export type BundleChange = Static<typeof bundleChange>;

const bundleParams = Type.Object({ username: Type.String(), key: Type.String() });
type BundleParams = Static<typeof bundleParams>;

/** What an account may use, with how many trials. */
export function registerBundles(app: FastifyInstance, { context }: Control): void {
  app.post<{ Params: UserParams; Body: BundleInput }>(
    '/accounts/:username/bundles',
    documented('Accounts', 'One more bundle', bundle, { params: userParams, body: bundleInput }, 201),
    async ({ params, body }, reply) => {
      const account = await accountOf(params.username, context);
      const added = completeBundle(body, account.username, nextBundle(account, context), context);
      await putAccount({ ...account, bundles: [...account.bundles, added] }, context);
      return reply.code(201).send(added);
    },
  );

  app.patch<{ Params: BundleParams; Body: BundleChange }>(
    '/accounts/:username/bundles/:key',
    documented('Accounts', 'Other trials, services or HMAC key for a bundle', bundle, {
      params: bundleParams,
      body: bundleChange,
    }),
    async ({ params, body }) => {
      const account = await accountOf(params.username, context);
      const changed = { ...bundleOf(account, params.key), ...body };
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

function bundleOf({ username, bundles }: Account, key: string): Bundle {
  const bundle = bundles.find((each) => each.key === key);
  if (bundle !== undefined) return bundle;
  const keys = bundles.map((each) => each.key);
  throw new ControlProblem(404, `"${username}" has no bundle "${key}"; there are ${listSome(keys)}`);
}

/** The number after those that there are; when one has gone, the next whose key is free. */
function nextBundle({ username, bundles }: Account, { identifiers }: Context): number {
  const taken = new Set(bundles.map(({ key }) => key));
  let n = bundles.length + 1;
  while (taken.has(identifiers.bundleKey(username, n))) n++;
  return n;
}

/** A bundle of which all that was not given is made up. */
export function completeBundle(
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
