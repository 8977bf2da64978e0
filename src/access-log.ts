import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Exchange } from './api/exchange.js';

/**
 * One line a request: what was asked, what was answered, and which rule refused it. Never a body, a header, a query, a key or
 * a token.
 */
export function registerAccessLog(app: FastifyInstance): void {
  app.decorateRequest<Exchange>('exchange', null as never);
  app.addHook('onRequest', async (request) => {
    request.exchange ??= {};
  });
  app.addHook('onResponse', async (request, reply) => {
    logAnswer(request, reply);
  });
  app.addHook('onRequestAbort', async (request) => {
    app.log.info({ ...line(request), aborted: true }, 'the client went away');
  });
}

export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const level = reply.statusCode >= 500 ? 'error' : 'info';
  const { refusal, tokenRefusal, crop, trial, token } = request.exchange ?? {};
  request.server.log[level](
    {
      ...line(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      user: token?.username,
      rule: refusal?.row ?? tokenRefusal,
      reason: refusal?.reason,
      transaction_id: trial?.transactionId,
      trials_remaining: trial?.remaining,
      crop,
      err: level === 'error' ? refusal?.cause : undefined,
    },
    `${reply.statusCode}`,
  );
}

const longestPath = 200;

function line({ method, url }: FastifyRequest) {
  return { method, path: url.split('?', 1)[0]?.slice(0, longestPath) };
}
