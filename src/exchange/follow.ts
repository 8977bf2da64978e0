import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorName } from '../errors.js';
import { type Exchange, newExchange } from './exchange.js';

/** What Node's HTTP parser said of a request that had already begun. */
export interface Breakage {
  readonly status: number;
  readonly rule: ErrorName;
  readonly reason: string;
}

/** How a request came to its end: with its answer, without (one of the two has hung up), or as no HTTP. */
export type End =
  | { readonly how: 'answered' }
  | { readonly how: 'unanswered' }
  | ({ readonly how: 'broken' } & Breakage);

export type EndListener = (request: FastifyRequest, reply: FastifyReply, end: End) => void;

declare module 'fastify' {
  interface FastifyInstance {
    /** Called once for every request, however it ends. */
    readonly exchangeEnds: EndListener[];
  }
}

interface Connection {
  /** Requests that have not ended yet, oldest first. */
  readonly open: Map<FastifyRequest, FastifyReply>;
  /** The request that came last, ended or not. */
  latest?: FastifyRequest;
}

const connections = new WeakMap<Socket, Connection>();

/** Station 1 of docs/architecture.md. Fastify's own hook `onResponse` is silent about connections that end before their answer. */
export function followExchanges(app: FastifyInstance): void {
  app.decorate('exchangeEnds', []);
  app.decorateRequest<Exchange>('exchange', null as never);
  app.addHook('onRequest', (request, reply, done) => {
    beginExchange(request, reply);
    afterMost(request, done);
  });
}

export function beginExchange(request: FastifyRequest, reply: FastifyReply): void {
  request.exchange ??= newExchange();
  const connection = connectionOf(request.raw.socket);
  connection.open.set(request, reply);
  connection.latest = request;
  reply.raw.once('finish', () => {
    if (connection.open.delete(request)) tell(request, reply, { how: 'answered' });
  });
}

function connectionOf(socket: Socket): Connection {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  const connection: Connection = { open: new Map() };
  connections.set(socket, connection);
  socket.once('close', () => {
    for (const [request, reply] of connection.open) void endUnanswered(request, reply);
    connection.open.clear();
  });
  return connection;
}

async function endUnanswered(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  request.exchange.isAbandoned = true;
  await request.exchange.abandon?.();
  tell(request, reply, { how: 'unanswered' });
}

function tell(request: FastifyRequest, reply: FastifyReply, end: End): void {
  for (const listener of request.server.exchangeEnds) listener(request, reply, end);
}

/** The request whose body the next bytes of a connection belong to. */
export function requestBeingRead(socket: Socket): FastifyRequest | undefined {
  const latest = connections.get(socket)?.latest;
  return latest?.raw.complete === false ? latest : undefined;
}

/** The last answer that a connection still waits for. */
export const answerBeingMade = (socket: Socket): FastifyReply | undefined =>
  [...(connections.get(socket)?.open.values() ?? [])].at(-1);

/**
 * Answers of one connection that may be in the making. A client that sends requests without reading (64 KB hold 1,600 of `/docs/json`)
 * would have all of their answers made at once, and kept.
 */
export const mostAtOnce = 8;

/** Whoever is one too many waits until the answer that is so many before it has gone out. */
function afterMost({ raw: { socket } }: FastifyRequest, happen: () => void): void {
  const { open } = connections.get(socket)!;
  if (open.size <= mostAtOnce) happen();
  else [...open.values()].at(-1 - mostAtOnce)!.raw.once('finish', happen);
}

/** Answers come in the order of requests: what is to happen instead of one waits for those before it. */
export function afterEarlierAnswers(request: FastifyRequest, happen: () => void): void {
  const open = [...(connections.get(request.raw.socket)?.open ?? [])];
  const [, earlier] = open[open.findIndex(([each]) => each === request) - 1] ?? [];
  if (earlier === undefined) happen();
  else earlier.raw.once('finish', happen);
}

/**
 * The end of a request whose body broke off or was no HTTP.
 * @returns false when it had its answer before.
 */
export function endBroken(request: FastifyRequest, breakage: Breakage): boolean {
  const open = connections.get(request.raw.socket)?.open;
  const reply = open?.get(request);
  if (open === undefined || reply === undefined) return false;
  open.delete(request);
  request.exchange.isAbandoned = true;
  tell(request, reply, { how: 'broken', ...breakage });
  return true;
}
