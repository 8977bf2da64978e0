import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Context } from '../exchange/context.js';
import { type JournalEntry, type JournalFilter, journalEntry, journalFilter } from '../journal/entry.js';
import type { Journal } from '../journal/journal.js';
import { fits } from '../journal/journal.js';
import { pictureKinds } from '../journal/picture-shelf.js';
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
export const idParams = Type.Object({ id: Type.Integer() });
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
      const found = await journal.list(filter);
      return { requests: limit === 0 ? [] : found.slice(-limit), total: found.length };
    },
  );

  app.get<{ Querystring: JournalFilter }>(
    '/requests/count',
    documented('Requests', 'How many fit', count, {
      querystring: journalFilter,
    }),
    async ({ query }) => ({ count: (await journal.list(query)).length }),
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
    async ({ query }) => ({ cleared: await journal.clear(query) }),
  );

  app.get<{ Params: Static<typeof idParams> }>(
    '/requests/:id',
    documented('Requests', 'One request', entry, { params: idParams }),
    async ({ params: { id } }) => entryOf(journal, id),
  );

  app.delete<{ Params: Static<typeof idParams> }>(
    '/requests/:id',
    documented('Requests', 'Forgets this one', null, { params: idParams }, 204),
    async ({ params: { id } }, reply) => {
      if ((await journal.clear({ after: id - 1, before: id + 1 })) === 0) throw missing(id);
      return reply.code(204).send();
    },
  );

  app.get<{ Params: Static<typeof pictureParams> }>(
    '/requests/:id/:picture',
    documented('Requests', 'Its photo or its crop, as long as the journal has them', null, {
      params: pictureParams,
    }),
    async ({ params: { id, picture } }, reply) => {
      const format = (await entryOf(journal, id))[picture]?.format;
      const bytes = journal.picture(id, picture);
      if (format === undefined || bytes === undefined) {
        throw new ControlProblem(404, `request ${id} has no ${picture}, or the journal keeps it no longer`);
      }
      return reply.type(`image/${format}`).send(bytes);
    },
  );
}

async function entryOf(journal: Journal, id: number): Promise<JournalEntry> {
  const found = await journal.find(id);
  if (found === undefined) throw missing(id);
  return found;
}

const missing = (id: number) => new ControlProblem(404, `the journal has no request ${id}, or no longer`);

/** Waits in real time. @throws {ControlProblem} 408 with what was there instead */
function waitFor(
  { journal, closing }: Context,
  filter: JournalFilter,
  count: number,
  timeoutMs: number,
  reply: FastifyReply,
): Promise<JournalEntry[]> {
  return new Promise((resolve, reject) => {
    const check = oneByOne(async () => {
      const found = await journal.list(filter);
      if (found.length < count) return;
      stop();
      resolve(found);
    }, fail);
    const giveUp = () => {
      stop();
      describeMiss(journal, filter, count).then((miss) => reject(new ControlProblem(408, miss)), reject);
    };
    function fail(error: unknown): void {
      stop();
      reject(error);
    }
    const stop = () => {
      clearTimeout(timer);
      unsubscribe();
      reply.raw.off('close', giveUp);
      stopListening();
    };
    const timer = setTimeout(giveUp, Math.min(Math.max(0, timeoutMs), longestWaitMs));
    const unsubscribe = journal.subscribe(check);
    reply.raw.once('close', giveUp);
    const stopListening = closing.onBegin(giveUp);
    check();
  });
}

/** The step once for every call, or once more for all the calls that come while it is at work. */
function oneByOne(step: () => Promise<void>, fail: (error: unknown) => void): () => void {
  let working = false;
  let again = false;
  const work = async () => {
    working = true;
    try {
      do {
        again = false;
        await step();
      } while (again);
    } finally {
      working = false;
    }
  };
  return () => {
    again = true;
    if (!working) work().catch(fail);
  };
}

async function describeMiss(journal: Journal, filter: JournalFilter, count: number): Promise<string> {
  const all = await journal.list();
  const fitting = all.filter((each) => fits(each, filter)).length;
  const found = `${fitting} of ${count} requests fit ${JSON.stringify(filter)}`;
  return all.length === 0
    ? `${found}; there were no requests at all`
    : `${found}; the last requests:\n${summarize(all.slice(-shownOfMiss))}`;
}

/**
 * Server-sent events; a client that comes back with `Last-Event-ID`, or names an entry with `after`, misses nothing that the journal still has, nor does one
 * that reads slowly: what it has not read waits in the journal, not in the memory of the connection.
 */
async function stream(
  { journal, closing }: Context,
  filter: JournalFilter,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { after } = filter;
  const known = lastEventId(request) ?? after ?? (await journal.list()).at(-1)?.id ?? 0;
  let sent = Math.max(known, after ?? 0);
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  });
  raw.flushHeaders();
  const write = (added: JournalEntry) => {
    raw.write(`id: ${added.id}\nevent: request\ndata: ${JSON.stringify(added)}\n\n`);
    sent = added.id;
  };
  const catchUp = oneByOne(
    async () => {
      for (const missed of await journal.list({ ...filter, after: sent })) {
        if (raw.writableNeedDrain) return;
        write(missed);
      }
    },
    () => raw.end(), // The client asks again, with the last id that it has.
  );
  catchUp();
  raw.on('drain', catchUp);
  const unsubscribe = journal.subscribe(catchUp);
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
