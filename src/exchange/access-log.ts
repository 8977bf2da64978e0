import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorCatalogue } from '../errors.js';
import type { Exchange } from './exchange.js';
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

function logBroken({ method, url, server }: FastifyRequest, { status, rule, reason }: Breakage): void {
  server.log.info({ method, path: pathOf(url), status, rule, reason }, `${status}`);
}

function logUnanswered(request: FastifyRequest, reply: FastifyReply): void {
  const message = request.exchange.choice?.done ? 'ended by a scenario' : 'the client went away';
  request.server.log.info(describe(request, reply, { aborted: true }), message);
}

function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { refusal, result, choice } = request.exchange;
  const { statusCode: status } = reply;
  // Neither "not ready" of /readyz, nor what a scenario only pretends, nor what the stock token endpoint fails at.
  const failed =
    status >= 500 &&
    refusal !== undefined &&
    Object.hasOwn(errorCatalogue, refusal.rule ?? '') &&
    (!choice?.done || refusal.cause !== undefined);
  const level = failed ? 'error' : isOwn(request) ? 'debug' : 'info';
  const facts = { status, refusal, result, err: failed ? refusal.cause : undefined };
  request.server.log[level](describe(request, reply, facts), `${status}`);
}

interface Facts {
  readonly status?: number;
  readonly aborted?: true;
  readonly refusal?: Exchange['refusal'] | undefined;
  readonly result?: Exchange['result'] | undefined;
  readonly err?: unknown;
}

/** All that a line may hold, in its order; what is `undefined` is not written. One literal: spreading objects into one showed in profiles. */
function describe(
  { method, url, exchange: { call, trial, choice, note, isRelayed } }: FastifyRequest,
  { elapsedTime }: FastifyReply,
  { status, aborted, refusal, result, err }: Facts,
): object {
  return {
    method,
    path: pathOf(url),
    status,
    aborted,
    ms: Math.round(elapsedTime),
    rule: refusal?.rule,
    reason: refusal?.reason,
    note,
    answered_by: isRelayed ? 'upstream' : undefined,
    user: call?.username,
    transaction_id: trial?.transactionId,
    trials_remaining: trial?.remaining,
    scenario: choice?.done ? choice.scenario.name : undefined,
    chosen_by: choice?.done ? choice.by : undefined,
    crop:
      result?.fault === undefined
        ? result && { width: result.width, height: result.height, confidence: result.confidence }
        : undefined,
    err,
  };
}
