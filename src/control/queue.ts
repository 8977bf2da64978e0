import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { assertPlace, endpoints } from '../scenarios/rules.js';
import { formatScenario, parseScenario } from '../scenarios/scenario.js';
import type { QueuedScenario } from '../state/store.js';
import { accountOf } from './account-access.js';
import { type Control, closed, documented, scenarioText, type UserParams, userParams } from './routes.js';

const item = {
  scenario: scenarioText,
  times: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'for so many calls; 1 if not said' }),
  endpoint: Type.Enum([...endpoints], { description: 'calls to which endpoint; crop if not said' }),
};
const queueItem = Type.Object(item);
const queueInput = Type.Array(
  Type.Object(
    { scenario: item.scenario, times: Type.Optional(item.times), endpoint: Type.Optional(item.endpoint) },
    closed,
  ),
);
const queue = Type.Array(queueItem);
type QueueInput = Static<typeof queueInput>;
export type QueueItem = Static<typeof queueItem>;

/** What the next calls of an account do, in their order. */
export function registerQueue(app: FastifyInstance, { context }: Control): void {
  const { store } = context;
  const url = '/accounts/:username/queue';
  const params = userParams;

  const show = async (username: string) => {
    await accountOf(username, context);
    return (await store.readQueue(username)).map(showItem);
  };

  app.get<{ Params: UserParams }>(
    url,
    documented('Queue', 'What the next calls of an account do', queue, { params }),
    ({ params: { username } }) => show(username),
  );

  app.post<{ Params: UserParams; Body: QueueInput }>(
    url,
    documented('Queue', 'Adds to the end', queue, { params, body: queueInput }),
    async ({ params: { username }, body }) => {
      await accountOf(username, context);
      await store.enqueue(username, readItems(body));
      return show(username);
    },
  );

  app.put<{ Params: UserParams; Body: QueueInput }>(
    url,
    documented('Queue', 'Replaces it', queue, { params, body: queueInput }),
    async ({ params: { username }, body }) => {
      await accountOf(username, context);
      await store.writeQueue(username, readItems(body));
      return show(username);
    },
  );

  app.delete<{ Params: UserParams }>(
    url,
    documented('Queue', 'Empties it', null, { params }, 204),
    async ({ params: { username } }, reply) => {
      await accountOf(username, context);
      await store.writeQueue(username, []);
      return reply.code(204).send();
    },
  );
}

const readItems = (items: QueueInput): QueuedScenario[] =>
  items.map(({ scenario: text, times = 1, endpoint = 'crop' }) => {
    const scenario = parseScenario(text);
    assertPlace(scenario, endpoint);
    return { scenario, times, endpoint };
  });

const showItem = ({ scenario, times, endpoint }: QueuedScenario): QueueItem => ({
  scenario: formatScenario(scenario),
  times,
  endpoint,
});
