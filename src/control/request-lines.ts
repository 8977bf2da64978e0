import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { type JournalEntry, journalFilter, journalLine } from '../journal/entry.js';
import { type PictureKind, pictureKinds } from '../journal/picture-shelf.js';
import type { RequestsFilter } from './requests.js';
import { type Control, closed, documented } from './routes.js';

const lines = Type.Object({
  lines: Type.Array(journalLine),
  total: Type.Integer({ description: 'all that fit' }),
});
const linesQuery = Type.Object(
  {
    ...journalFilter.properties,
    limit: Type.Optional(Type.Integer({ minimum: 0, description: 'the last so many; 1000 if not said' })),
  },
  closed,
);
type JournalLine = Static<typeof journalLine>;
export type RequestLines = Static<typeof lines>;

/** A list of thousands of requests, which whole entries would make ten times as long. `before` turns to the page before. */
export function registerRequestLines(app: FastifyInstance, { context: { journal } }: Control): void {
  app.get<{ Querystring: RequestsFilter }>(
    '/requests/lines',
    documented('Requests', 'Requests that fit, oldest first, a line of each', lines, {
      querystring: linesQuery,
    }),
    async ({ query: { limit = 1000, ...filter } }) => {
      const found = await journal.list(filter);
      return { lines: limit === 0 ? [] : found.slice(-limit).map(lineOf), total: found.length };
    },
  );
}

/** The one that says more of a request, among those that the journal still has. */
export const keptPicture = (entry: JournalEntry | undefined): PictureKind | null =>
  pictureKinds.findLast((kind) => entry?.[kind]?.kept) ?? null;

const fields = Object.keys(journalLine.properties) as (keyof JournalLine)[];

const lineOf = (entry: JournalEntry): JournalLine => {
  const line = { ...entry, picture: keptPicture(entry) };
  return Object.fromEntries(fields.map((field) => [field, line[field]])) as JournalLine;
};
