import type { FastifyInstance } from 'fastify';
import type { Context } from '../exchange/context.js';
import { livePath, readyPath } from '../exchange/paths.js';

/** `/livez`: the process answers. `/readyz`: the port is open, a worker is warm, the state is there, and no shutdown has begun. */
export function registerHealth(app: FastifyInstance, { cropper, state }: Context): void {
  const schema = { hide: true };
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.get(livePath, { schema }, async () => ({ status: 'alive' }));
  app.get(readyPath, { schema }, async (_request, reply) => {
    if (state.problem !== undefined) {
      return reply
        .code(503)
        .send({ status: 'not ready', reason: `the shared state is away: ${state.problem}` });
    }
    const ready = cropper.ready && app.server.listening && !closing;
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
}
