import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { ConfigError } from '../config/config.js';
import { VendorError } from '../errors.js';
import { ScenarioProblem } from '../scenarios/grammar.js';

/** RFC 9457, with every single thing that was wrong. */
export const problemSchema = Type.Object({
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'what was wrong, and what is allowed' }),
  problems: Type.Optional(Type.Array(Type.String())),
});

/** A request to the control API that cannot be carried out. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';

  constructor(
    readonly status: number,
    readonly detail: string,
    readonly problems?: readonly string[],
  ) {
    super(detail);
  }
}

export function sendProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, detail, problems } = toProblem(error);
  if (status >= 500 && !(error instanceof ControlProblem))
    request.log.error({ err: error }, 'the control API failed');
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ title: STATUS_CODES[status], status, detail, ...(problems && { problems }) });
}

function toProblem(error: Error & { statusCode?: number }): ControlProblem {
  if (error instanceof ControlProblem) return error;
  if (error instanceof ScenarioProblem) return new ControlProblem(422, error.message);
  if (error instanceof VendorError && error.row === 'SERVICE_UNAVAILABLE')
    return new ControlProblem(503, error.reason);
  if (error instanceof ConfigError) return new ControlProblem(422, error.message, error.problems);
  const status = error.statusCode ?? 500;
  return new ControlProblem(
    status,
    status < 500 ? error.message : 'the simulator itself failed; its log says why',
  );
}
