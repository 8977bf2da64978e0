import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { drift } from '../journal/entry.js';
import type {} from '../upstream/recorder.js'; // what the application has besides
import { ControlProblem } from './problem.js';
import { documented } from './routes.js';

const driftAnswer = Type.Object({
  upstream: Type.String(),
  calls: Type.Integer({ description: 'that the upstream has answered' }),
  compared: Type.Integer(),
  differing: Type.Integer({ description: 'of these, those that differ in any row' }),
  notCompared: Type.Record(Type.String(), Type.Integer(), { description: 'calls, by the reason' }),
  rows: Type.Array(Type.Object({ ...drift.properties, count: Type.Integer() }), {
    description: 'most frequent first, each with its last example',
  }),
});
export type DriftAnswer = Static<typeof driftAnswer>;

/** In what the upstream's answers differ from this server's. */
export function registerDrift(app: FastifyInstance): void {
  const recorderOf = () => {
    if (app.recorder === null)
      throw new ControlProblem(409, 'there is no upstream: start with --upstream URL');
    return app.recorder;
  };

  app.get(
    '/drift',
    documented('Requests', 'With the setting upstream: in what its answers differ, by row', driftAnswer),
    async () => {
      const { upstream, book, settled } = recorderOf();
      await settled();
      return { upstream, ...book.count() };
    },
  );

  app.delete(
    '/drift',
    documented('Requests', 'Counts from none again', null, {}, 204),
    async (_request, reply) => {
      recorderOf().book.clear();
      return reply.code(204).send();
    },
  );
}
