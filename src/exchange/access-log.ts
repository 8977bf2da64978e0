import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { End } from './follow.js';
import { isControl } from './paths.js';

/**
 * One line a request, however it ends: what was asked, what was answered, and which rule refused it. Never a body, a header,
 * a query, a key or a token.
 */
export function registerAccessLog(app: FastifyInstance): void {
  app.exchangeEnds.push(log);
}

function log(request: FastifyRequest, reply: FastifyReply, { how, ...end }: End): void {
  const { exchange, server } = request;
  switch (how) {
    case 'broken':
      server.log.info({ ...line(request), ...end }, `${(end as { status: number }).status}`);
      break;
    case 'unanswered': {
      const facts = { ...line(request), aborted: true, ms: Math.round(reply.elapsedTime) };
      const message = exchange.choice?.done ? 'ended by a scenario' : 'the client went away';
      server.log.info({ ...facts, ...knownOf(request) }, message);
      break;
    }
    case 'answered':
      logAnswer(request, reply);
  }
}

function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { refusal, tokenRefusal, result, choice } = request.exchange;
  // Neither "not ready" of /readyz nor what a scenario only pretends.
  const failed =
    refusal !== undefined && reply.statusCode >= 500 && (!choice?.done || refusal.cause !== undefined);
  const level = failed ? 'error' : isOurOwn(request) ? 'debug' : 'info';
  request.server.log[level](
    {
      ...line(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      rule: refusal?.row ?? tokenRefusal,
      reason: refusal?.reason,
      ...knownOf(request),
      crop:
        result?.fault === undefined
          ? result && { width: result.width, height: result.height, confidence: result.confidence }
          : undefined,
      err: failed ? refusal?.cause : undefined,
    },
    `${reply.statusCode}`,
  );
}

/** Probes and the control API, of which there may be many a second, are none of the vendor's. */
const isOurOwn = (request: FastifyRequest) => {
  const route = routeOf(request);
  return route === '/livez' || route === '/readyz' || isControl(route);
};

/** The route that answers, however its path was written (`//livez`); the path where there is none. */
export const routeOf = ({ routeOptions, url }: FastifyRequest) => routeOptions.url ?? pathOf(url);

const knownOf = ({ exchange: { token, call, trial, choice } }: FastifyRequest) => ({
  user: token?.username ?? call?.username,
  transaction_id: trial?.transactionId,
  trials_remaining: trial?.remaining,
  scenario: choice?.done ? choice.scenario.name : undefined,
  chosen_by: choice?.done ? choice.by : undefined,
});

const longestPath = 200;
/** Of an absolute-form target, as clients behind a proxy send it; it may hold a password. */
const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/** Without the query, which may hold anything. */
export const pathOf = (url: string) => url.replace(authority, '').split('?', 1)[0]!.slice(0, longestPath);

const line = ({ method, url }: FastifyRequest) => ({ method, path: pathOf(url) });
