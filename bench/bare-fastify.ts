/**
 * What Fastify itself costs, for bench/http.ts: the same route and the same refusal, and nothing else.
 * Usage: `node build/bench/bare-fastify.js PORT [logger]`
 */
import Fastify from 'fastify';

const app = Fastify({ bodyLimit: 20 * 2 ** 20, logger: process.argv[3] === 'logger' });
const body = {
  type: 'object',
  required: ['bundle_key', 'img'],
  properties: { bundle_key: { type: 'string' }, img: { type: 'string' }, lang: { type: 'string' } },
};
app.post('/api/v1/id_cropper_register', { schema: { body } }, async (_request, reply) =>
  reply.code(401).send({ message: 'Unauthorized – your Bundle key is invalid' }),
);
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
