import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorCatalogue } from '../errors.js';
import type { Breakage, End } from './follow.js';
import { isOwn, pathOf } from './paths.js';

/**
 * Station 12 of docs/architecture.md: one line a request, however it ends: what was asked, what was answered, and which rule refused it. Never a body, a header,
 * a query, a key or a token.
 */
export function registerAccessLog(app: FastifyInstance): void {
  app.exchangeEnds.push(log);
}

function log(request: FastifyRequest, reply: FastifyReply, end: End): void {
  if (request.exchange.beside !== undefined) return; // the client's own request has its line
  if (end.how === 'answered') logAnswer(request, reply);
  else if (end.how === 'unanswered') logUnanswered(request, reply);
  else logBroken(request, end);
}

function logBroken(request: FastifyRequest, { status, rule, reason }: Breakage): void {
  request.server.log.info({ ...line(request), status, rule, reason }, `${status}`);
}

function logUnanswered(request: FastifyRequest, reply: FastifyReply): void {
  const facts = { ...line(request), aborted: true, ms: Math.round(reply.elapsedTime) };
  const message = request.exchange.choice?.done ? 'ended by a scenario' : 'the client went away';
  request.server.log.info({ ...facts, ...knownOf(request) }, message);
}

function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { refusal, result, choice } = request.exchange;
  // Neither "not ready" of /readyz, nor what a scenario only pretends, nor what the stock token endpoint fails at.
  const failed =
    refusal !== undefined &&
    Object.hasOwn(errorCatalogue, refusal.rule ?? '') &&
    reply.statusCode >= 500 &&
    (!choice?.done || refusal.cause !== undefined);
  const level = failed ? 'error' : isOwn(request) ? 'debug' : 'info';
  request.server.log[level](
    {
      ...line(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      rule: refusal?.rule,
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

const knownOf = ({ exchange: { call, trial, choice, note, isRelayed } }: FastifyRequest) => ({
  note,
  answered_by: isRelayed ? 'upstream' : undefined,
  user: call?.username,
  transaction_id: trial?.transactionId,
  trials_remaining: trial?.remaining,
  scenario: choice?.done ? choice.scenario.name : undefined,
  chosen_by: choice?.done ? choice.by : undefined,
});

const line = ({ method, url }: FastifyRequest) => ({ method, path: pathOf(url) });
