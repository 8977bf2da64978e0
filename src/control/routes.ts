import type {} from '@fastify/swagger'; // what a schema may say of a route besides
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

export const controlTags = [
  { name: 'Accounts', description: 'Who may log in, with which bundles' },
  { name: 'Tokens', description: 'Access tokens of an account' },
  { name: 'Queue', description: 'Scenarios for the next calls of an account' },
  { name: 'Scenarios', description: 'What calls can be told to do' },
  { name: 'Scenes', description: 'Test photos, and magic cards' },
  { name: 'Clock', description: 'Time, of the server or of an account' },
  { name: 'Requests', description: 'The journal' },
  { name: 'Settings', description: 'The settings of the server that runs' },
  { name: 'State', description: 'All that can be set, at once' },
] as const;
type Tag = (typeof controlTags)[number]['name'];

/** What the control API's document says of a route; the parts are checked by the same schemas. */
export function documented(
  tag: Tag,
  summary: string,
  answer: TSchema | null,
  parts: Parts = {},
  status = 200,
): { schema: FastifySchema } {
  const good =
    answer === null
      ? { description: summary, ...(status === 204 && { type: 'null' }) }
      : { description: summary, content: { 'application/json': { schema: answer } } };
  const description = `${summary}.${refusalsOf(parts)}`;
  return {
    schema: {
      tags: [tag],
      summary,
      description,
      ...parts,
      response: { [status]: good, '4xx': problem, '5xx': problem },
    },
  };
}

function refusalsOf({ params, querystring, body }: Parts): string {
  const unknown = params === undefined ? '' : ' 404 where there is no such thing; it says what there is.';
  const unfit = querystring ?? body;
  return unfit === undefined ? unknown : `${unknown} 422 with everything that does not fit, and what would.`;
}

/** A field that is not known is refused, so that a slip does not pass for a wish. */
export const closed = { additionalProperties: false } as const;

/** Of accounts, keys and secrets. */
export const name = Type.String({ minLength: 1, maxLength: 200 });
/** A name in an answer: those of the configuration may be longer. */
export const shownName = Type.String({ minLength: 1 });

/** As it is written, for people. */
export const scenarioText = Type.String({ description: 'such as "no-card" or "slow;ms=500"' });

export const userParams = Type.Object({ username: Type.String() });
export type UserParams = Static<typeof userParams>;
