import type { FastifySchema } from 'fastify';
import Type, { type Static, type TSchema } from 'typebox';
import type { LiveConfig } from '../config/live-config.js';
import type { Context } from '../exchange/context.js';
import { problemSchema } from './problem.js';

/** What the control API works with. */
export interface Control {
  readonly context: Context;
  readonly live: LiveConfig;
}

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
): { schema: FastifySchema } {
  const good =
    answer === null
      ? { description: summary }
      : { description: summary, content: { 'application/json': { schema: answer } } };
  return { schema: { tags: [tag], summary, ...parts, response: { [status]: good, '4xx': problem } } };
}

/** A field that is not known is refused, so that a slip does not pass for a wish. */
export const closed = { additionalProperties: false } as const;

/** Of accounts, keys and secrets. */
export const name = Type.String({ minLength: 1, maxLength: 200 });

/** As it is written, for people. */
export const scenarioText = Type.String({ description: 'such as "no-card" or "slow;ms=500"' });

export const userParams = Type.Object({ username: Type.String() });
export type UserParams = Static<typeof userParams>;
