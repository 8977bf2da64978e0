import type { FastifyInstance } from 'fastify';
import type { Cropper } from '../cropper/cropper.js';
import { livePath, readyPath } from '../exchange/paths.js';

/** `/livez`: the process answers. `/readyz`: the port is open, a worker is warm, and no shutdown has begun. */
export function registerHealth(app: FastifyInstance, cropper: Cropper): void {
  const schema = { hide: true };
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.get(livePath, { schema }, async () => ({ status: 'alive' }));
  app.get(readyPath, { schema }, async (_request, reply) => {
    const ready = cropper.ready && app.server.listening && !closing;
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
}
