import type { FastifySchema } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { problemSchema } from './problem.js';

type Parts = Pick<FastifySchema, 'body' | 'querystring' | 'params'>;

const problem = {
  description: 'What was wrong, and what is allowed',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/** What the control API's document says of a route; the parts are checked by the same schemas. */
export function documented(
  tag: string,
  summary: string,
  answer: TSchema | null,
  parts: Parts = {},
  status = 200,
) {
  const good =
    answer === null
      ? { description: summary }
      : { description: summary, content: { 'application/json': { schema: answer } } };
  return { schema: { tags: [tag], summary, ...parts, response: { [status]: good, '4xx': problem } } };
}

export const userParams = Type.Object({ username: Type.String() });
