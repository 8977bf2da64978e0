import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Exchange } from './api/exchange.js';
import type { ErrorName } from './errors.js';

/** What Node's HTTP parser said of a request that had already begun. */
export interface Breakage {
  readonly status: number;
  readonly rule: ErrorName;
  readonly reason: string;
}

interface Connection {
  /** Requests without a line yet, oldest first. */
  readonly open: Map<FastifyRequest, FastifyReply>;
  /** The request that came last, answered or not. */
  latest?: FastifyRequest;
}

const connections = new WeakMap<Socket, Connection>();

/**
 * One line a request, however it ends: what was asked, what was answered, and which rule refused it. Never a body, a header,
 * a query, a key or a token.
 */
export function registerAccessLog(app: FastifyInstance): void {
  app.decorateRequest<Exchange>('exchange', null as never);
  app.addHook('onRequest', async (request, reply) => openEntry(request, reply));
}

/** Fastify's own hook `onResponse` is silent about connections that end before their answer. */
export function openEntry(request: FastifyRequest, reply: FastifyReply): void {
  request.exchange ??= {};
  const connection = connectionOf(request.raw.socket);
  connection.open.set(request, reply);
  connection.latest = request;
  reply.raw.once('finish', () => {
    if (connection.open.delete(request)) logAnswer(request, reply);
  });
}

function connectionOf(socket: Socket): Connection {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  const connection: Connection = { open: new Map() };
  connections.set(socket, connection);
  socket.once('close', () => {
    for (const [request, reply] of connection.open) logAborted(request, reply);
    connection.open.clear();
  });
  return connection;
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
 * The line of a request whose body broke off or was no HTTP.
 * @returns false when the request has been answered, and logged, before.
 */
export function logBroken(request: FastifyRequest, breakage: Breakage): boolean {
  const open = connections.get(request.raw.socket)?.open.delete(request) ?? false;
  if (open) request.server.log.info({ ...line(request), ...breakage }, `${breakage.status}`);
  return open;
}

function logAborted(request: FastifyRequest, reply: FastifyReply): void {
  const facts = { ...line(request), aborted: true, ms: Math.round(reply.elapsedTime) };
  request.server.log.info({ ...facts, ...knownOf(request) }, 'the client went away');
}

function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { refusal, tokenRefusal, crop } = request.exchange;
  const level = refusal !== undefined && reply.statusCode >= 500 ? 'error' : 'info'; // not: "not ready" of /readyz
  request.server.log[level](
    {
      ...line(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      rule: refusal?.row ?? tokenRefusal,
      reason: refusal?.reason,
      ...knownOf(request),
      crop,
      err: level === 'error' ? refusal?.cause : undefined,
    },
    `${reply.statusCode}`,
  );
}

const knownOf = ({ exchange: { token, trial } }: FastifyRequest) => ({
  user: token?.username,
  transaction_id: trial?.transactionId,
  trials_remaining: trial?.remaining,
});

const longestPath = 200;
/** Of an absolute-form target, as clients behind a proxy send it; it may hold a password. */
const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

function line({ method, url }: FastifyRequest) {
  return { method, path: url.replace(authority, '').split('?', 1)[0]?.slice(0, longestPath) };
}
