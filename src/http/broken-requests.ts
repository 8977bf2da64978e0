import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { clientErrorRow } from '../api/refusals.js';
import type { ErrorCatalogue } from '../errors.js';
import { answerBeingMade, endBroken, requestBeingRead } from '../exchange/follow.js';

type Headers = Readonly<Record<string, string>>;

/** What Node's HTTP parser refuses never becomes a request, but gets the vendor's shape and a log line all the same. */
export function answerBrokenRequests(errors: ErrorCatalogue, headersFor: (origin?: string) => Headers) {
  const seen = new WeakSet<Socket>();

  return function answer(this: FastifyInstance, error: Error & { code?: string }, socket: Socket): void {
    if (error.code === 'ECONNRESET' || socket.destroyed || seen.has(socket)) return;
    seen.add(socket); // The rest of what the client sends is no HTTP either.
    const [rule, reason] = clientErrorRow(error.code);
    const { status, en } = errors[rule];
    const begun = requestBeingRead(socket);
    const headers = headersFor(begun?.headers.origin);
    const end = (message?: string) => endConnection(socket, status, message, headers);
    if (begun !== undefined) {
      const unanswered = endBroken(begun, { status, rule, reason });
      end(unanswered ? en : undefined);
      return;
    }
    this.log.info({ status, rule, reason }, `${status}`);
    const earlier = answerBeingMade(socket);
    if (earlier === undefined) end(en);
    else earlier.raw.once('finish', () => end(en));
  };
}

/** Node closes the connection of a CONNECT without a word. There is no tunnel here: as for any unknown path, 404. */
export function refuseTunnels(app: FastifyInstance, errors: ErrorCatalogue): void {
  app.server.on('connect', ({ method }: IncomingMessage, socket: Socket) => {
    const { status, en } = errors.NOT_FOUND;
    app.log.info({ method, status, rule: 'NOT_FOUND', reason: 'no tunnels here' }, `${status}`);
    socket.on('error', () => {}); // A client that has gone does not get its answer.
    endConnection(socket, status, en);
  });
}

function endConnection(socket: Socket, status: number, message?: string, headers: Headers = {}): void {
  if (message !== undefined && socket.writable) {
    socket.write(rawAnswer(status, JSON.stringify({ message }), headers));
  }
  socket.destroySoon();
}

function rawAnswer(status: number, body: string, headers: Headers): string {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n');
}
