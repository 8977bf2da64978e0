import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { describeErrors } from '../config/config.js';
import { fromText } from '../text-values.js';
import { ControlProblem } from './problem.js';

/** Checks by the schema, and says of everything that does not fit where it stands and what is allowed. Queries are text. */
export const checkBySchema: FastifySchemaCompiler<TSchema> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const value = httpPart === 'body' ? (data ?? {}) : fromText(schema, data);
    const problems = describeErrors(schema, value, httpPart ?? 'request');
    if (problems.length > 0) return { error: new ControlProblem(422, problems.join('; '), problems) };
    return { value };
  };
