import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { clocksState } from '../clock.js';
import { createScenario, type Scenario } from '../scenarios/scenario.js';
import { type Account, type StoreSnapshot, storeSnapshot } from '../state/snapshot.js';
import { type Control, documented } from './routes.js';

const snapshot = Type.Object(
  {
    version: Type.Literal(1),
    store: storeSnapshot,
    clocks: clocksState,
    settings: Type.Record(Type.String(), Type.Unknown(), { description: 'changed since the start' }),
  },
  { additionalProperties: false },
);
export type Snapshot = Static<typeof snapshot>;

/** All that can be set, at once. The journal is no part of it: it says what happened. */
export function registerState(app: FastifyInstance, { context, live }: Control): void {
  const { store, clocks, journal, controls } = context;

  app.get(
    '/snapshot',
    documented('State', 'Accounts, tokens, trials, queues, clocks and changed settings', snapshot),
    async () => ({
      version: 1,
      store: await store.snapshot(),
      clocks: clocks.state(),
      settings: live.changes,
    }),
  );

  app.put<{ Body: Snapshot }>(
    '/snapshot',
    documented('State', 'Everything as it was when the snapshot was taken', null, { body: snapshot }, 204),
    async ({ body }, reply) => {
      const sound = withSoundScenarios(body.store);
      await controls.change(() => {
        live.replaceChanges(body.settings);
        clocks.restore(body.clocks);
      });
      // What a reset goes back to is this server's configuration, whatever another had.
      await store.restore({ ...sound, configured: live.current.accounts });
      return reply.code(204).send();
    },
  );

  app.post(
    '/reset',
    documented('State', 'Everything as it was when the server started', null, {}, 204),
    async (_request, reply) => {
      await controls.change(() => {
        live.replaceChanges({});
        clocks.resetAll();
      });
      await store.reset();
      await journal.clear();
      return reply.code(204).send();
    },
  );
}

/** A snapshot may have been written by hand. @throws {ScenarioProblem} */
function withSoundScenarios({ configured, accounts, tokens }: StoreSnapshot): StoreSnapshot {
  const sound = ({ name, parameters }: Scenario) => createScenario(name, parameters);
  const soundAccount = (account: Account): Account =>
    account.defaultScenario === undefined
      ? account
      : { ...account, defaultScenario: sound(account.defaultScenario) };
  return {
    configured: configured.map(soundAccount),
    accounts: accounts.map(({ account, original, queue, ...counts }) => ({
      ...counts,
      account: soundAccount(account),
      original: soundAccount(original),
      queue: queue.map((item) => ({ ...item, scenario: sound(item.scenario) })),
    })),
    tokens,
  };
}
