import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientGone } from '../cropper/turn.js';
import { type ErrorName, type ErrorRow, VendorError, vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { ScenarioAnswer } from './perform.js';
import type { CropRequest } from './schemas.js';
import { trialsRemaining } from './trials.js';

/** Fastify's own errors, and Node's, as rows of the catalogue. What is not here is a fault of ours: 500. */
const foreignErrors: Readonly<Record<string, readonly [ErrorName, reason: string]>> = {
  FST_ERR_BAD_URL: ['NOT_FOUND', 'path cannot be decoded'],
  FST_ERR_MAX_PARAM_LENGTH: ['NOT_FOUND', 'path too long'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['ENTITY_TOO_LARGE', 'body longer than the limit while streaming'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['MISSING_INPUT', 'body shorter or longer than declared'],
  // Only of a request without a body: others have been refused for their type (intake.ts).
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['MISSING_INPUT', 'body empty; send JSON with bundle_key and img'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['MISSING_INPUT', 'body empty'],
  FST_ERR_VALIDATION: ['MISSING_INPUT', 'body does not match the schema'],
  HPE_HEADER_OVERFLOW: ['HEADERS_TOO_LARGE', 'headers over 16 KiB'],
  ERR_HTTP_REQUEST_TIMEOUT: ['REQUEST_TIMEOUT', 'request did not arrive in time'],
  ECONNRESET: ['MISSING_INPUT', 'connection closed by the client before the body was complete'],
};

/** Whatever was thrown, as a row of the catalogue. */
export function toVendorError(error: unknown): VendorError {
  if (error instanceof VendorError) return error;
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  const known = foreignErrors[code ?? ''];
  if (known === undefined) return vendorError('INTERNAL_SERVER_ERROR', message ?? String(error), error);
  return vendorError(known[0], code === 'FST_ERR_VALIDATION' ? (message ?? known[1]) : known[1]);
}

/** What Node's HTTP parser refuses never becomes a request; nearly all of it is malformed. */
export function clientErrorRow(code: string | undefined): readonly [ErrorName, reason: string] {
  return foreignErrors[code ?? ''] ?? ['MALFORMED_REQUEST', `not an HTTP request (${code ?? 'no code'})`];
}

/**
 * The one handler of everything that a station throws. It decides no status: that is the row's, in `errors.ts`, and the row is
 * named where the fault is found, a 401 in `entitle.ts`, a 403 in `authenticate.ts` or `trials.ts`. What the token endpoint
 * refuses in the words of OAuth 2 (`grants.ts`) and what the control API refuses (`control/problem.ts`) does not pass here.
 * @param payloadOf bytes where no hook meets the answer: to a text Fastify adds a charset (`declareJsonPlainly` in server.ts)
 */
export function sendRefusal(context: Context, payloadOf: (text: string) => string | Buffer = (text) => text) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof ClientGone) return reply.hijack();
    if (error instanceof ScenarioAnswer) {
      request.exchange.refusal = { reason: error.message };
      return sendScenario(error, reply);
    }
    const { row: name, reason, cause, override } = toVendorError(error);
    request.exchange.refusal = { rule: name, reason, cause };
    const row = { ...context.errors[name], ...override };
    return reply
      .code(row.status)
      .headers(row.headers ?? {})
      .type('application/json')
      .send(payloadOf(JSON.stringify(refusalBody(row, request, context))));
  };
}

function sendScenario({ status, type, headers, body }: ScenarioAnswer, reply: FastifyReply): FastifyReply {
  return reply.code(status).headers(headers).type(type).send(Buffer.from(body));
}

function refusalBody(row: ErrorRow, request: FastifyRequest, context: Context): object {
  if (row.code === undefined) return { message: row.en };
  const short = { message: textFor(row, request), error_code: row.code };
  const { trial } = request.exchange;
  if (context.config.unprocessableBody === 'short' || trial === undefined) return short;
  return {
    ...short,
    transaction_id: trial.transactionId,
    trials_remaining: trialsRemaining(context, trial.remaining),
  };
}

function textFor(row: ErrorRow, request: FastifyRequest): string {
  const lang = (request.body as CropRequest | undefined)?.lang;
  return lang === 'ar' ? (row.ar ?? row.en) : row.en;
}
