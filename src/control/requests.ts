import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Context } from '../exchange/context.js';
import { type JournalEntry, type JournalFilter, journalEntry, journalFilter } from '../journal/entry.js';
import { fits, type Journal, pictureKinds } from '../journal/journal.js';
import { summarize } from '../journal/summary.js';
import { clearInterval, clearTimeout, setInterval, setTimeout } from '../real-time.js';
import { duration, parseDuration } from './duration.js';
import { ControlProblem } from './problem.js';
import { type Control, closed, documented } from './routes.js';

const entry = journalEntry;
const count = Type.Object({ count: Type.Integer() });
export type RequestCount = Static<typeof count>;
const cleared = Type.Object({ cleared: Type.Integer() });
export type RequestsCleared = Static<typeof cleared>;
const list = Type.Object({
  requests: Type.Array(entry),
  total: Type.Integer({ description: 'all that fit' }),
});
export type RequestList = Static<typeof list>;
const listQuery = Type.Object(
  {
    ...journalFilter.properties,
    limit: Type.Optional(Type.Integer({ minimum: 0, description: 'the last so many; 100 if not said' })),
  },
  closed,
);
/** Which requests, and how many of them. */
export type RequestsFilter = JournalFilter & {
  /** The last so many. */
  limit?: number;
};
const waitQuery = Type.Object(
  {
    ...journalFilter.properties,
    count: Type.Optional(Type.Integer({ minimum: 1, description: '1 if not said' })),
    timeout: Type.Optional(duration),
  },
  closed,
);
const idParams = Type.Object({ id: Type.Integer() });
const pictureParams = Type.Object({ id: Type.Integer(), picture: Type.Enum([...pictureKinds]) });
const longestWaitMs = 300_000;
const heartbeatMs = 15_000;
const shownOfMiss = 5;

/** The journal: what was asked and answered, and why. */
export function registerRequests(app: FastifyInstance, { context }: Control): void {
  const { journal } = context;

  app.get<{ Querystring: RequestsFilter }>(
    '/requests',
    documented('Requests', 'Requests that fit, oldest first', list, { querystring: listQuery }),
    async ({ query: { limit = 100, ...filter } }) => {
      const found = journal.list(filter);
      return { requests: limit === 0 ? [] : found.slice(-limit), total: found.length };
    },
  );

  app.get<{ Querystring: JournalFilter }>(
    '/requests/count',
    documented('Requests', 'How many fit', count, {
      querystring: journalFilter,
    }),
    async ({ query }) => ({ count: journal.list(query).length }),
  );

  app.get<{ Querystring: Static<typeof waitQuery> }>(
    '/requests/wait',
    documented(
      'Requests',
      'Answers as soon as so many fit, those that were there before included; 408 after the timeout',
      list,
      {
        querystring: waitQuery,
      },
    ),
    async ({ query: { count = 1, timeout = 10_000, ...filter } }, reply) => {
      const requests = await waitFor(context, filter, count, parseDuration(timeout), reply);
      return { requests, total: requests.length };
    },
  );

  app.get<{ Querystring: JournalFilter }>(
    '/requests/stream',
    {
      ...documented('Requests', 'Requests as they end: server-sent events', null, {
        querystring: journalFilter,
      }),
      exposeHeadRoute: false, // It would never end.
    },
    async (request, reply) => stream(context, request.query, request, reply),
  );

  app.delete<{ Querystring: JournalFilter }>(
    '/requests',
    documented('Requests', 'Forgets those that fit', cleared, {
      querystring: journalFilter,
    }),
    async ({ query }) => ({ cleared: journal.clear(query) }),
  );

  app.get<{ Params: Static<typeof idParams> }>(
    '/requests/:id',
    documented('Requests', 'One request', entry, { params: idParams }),
    async ({ params: { id } }) => entryOf(journal, id),
  );

  app.get<{ Params: Static<typeof pictureParams> }>(
    '/requests/:id/:picture',
    documented('Requests', 'Its photo or its crop, as long as the journal has them', null, {
      params: pictureParams,
    }),
    async ({ params: { id, picture } }, reply) => {
      const format = entryOf(journal, id)[picture]?.format;
      const bytes = journal.picture(id, picture);
      if (format === undefined || bytes === undefined) {
        throw new ControlProblem(404, `request ${id} has no ${picture}, or the journal keeps it no longer`);
      }
      return reply.type(`image/${format}`).send(bytes);
    },
  );
}

function entryOf(journal: Journal, id: number): JournalEntry {
  const found = journal.find(id);
  if (found === undefined) throw new ControlProblem(404, `the journal has no request ${id}, or no longer`);
  return found;
}

/** Waits in real time. @throws {ControlProblem} 408 with what was there instead */
function waitFor(
  { journal, closing }: Context,
  filter: JournalFilter,
  count: number,
  timeoutMs: number,
  reply: FastifyReply,
): Promise<JournalEntry[]> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const found = journal.list(filter);
      if (found.length < count) return;
      stop();
      resolve(found);
    };
    const giveUp = () => {
      stop();
      reject(new ControlProblem(408, describeMiss(journal, filter, count)));
    };
    const stop = () => {
      clearTimeout(timer);
      unsubscribe();
      reply.raw.off('close', giveUp);
      stopListening();
    };
    const timer = setTimeout(giveUp, Math.min(Math.max(0, timeoutMs), longestWaitMs));
    const unsubscribe = journal.subscribe((added) => {
      if (fits(added, filter)) check();
    });
    reply.raw.once('close', giveUp);
    const stopListening = closing.onBegin(giveUp);
    check();
  });
}

function describeMiss(journal: Journal, filter: JournalFilter, count: number): string {
  const latest = journal.list().slice(-shownOfMiss);
  const found = `${journal.list(filter).length} of ${count} requests fit ${JSON.stringify(filter)}`;
  return latest.length === 0
    ? `${found}; there were no requests at all`
    : `${found}; the last requests:\n${summarize(latest)}`;
}

/**
 * Server-sent events; a client that comes back with `Last-Event-ID` misses nothing that the journal still has, nor does one
 * that reads slowly: what it has not read waits in the journal, not in the memory of the connection.
 */
function stream(
  { journal, closing }: Context,
  filter: JournalFilter,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  });
  raw.flushHeaders();
  const known = lastEventId(request) ?? journal.list().at(-1)?.id ?? 0;
  let sent = Math.max(known, filter.after ?? 0);
  const write = (added: JournalEntry) => {
    raw.write(`id: ${added.id}\nevent: request\ndata: ${JSON.stringify(added)}\n\n`);
    sent = added.id;
  };
  const catchUp = () => {
    for (const missed of journal.list({ ...filter, after: sent })) {
      if (raw.writableNeedDrain) return;
      write(missed);
    }
  };
  catchUp();
  raw.on('drain', catchUp);
  const unsubscribe = journal.subscribe((added) => {
    if (!raw.writableNeedDrain && fits(added, filter)) write(added);
  });
  const heartbeat = setInterval(() => {
    if (!raw.writableNeedDrain) raw.write(': still here\n\n');
  }, heartbeatMs);
  const stopListening = closing.onBegin(() => raw.end());
  raw.once('close', () => {
    unsubscribe();
    clearInterval(heartbeat);
    stopListening();
  });
  return reply;
}

function lastEventId({ headers }: FastifyRequest): number | undefined {
  const id = headers['last-event-id'];
  return id !== undefined && Number.isInteger(Number(id)) ? Number(id) : undefined;
}
