import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { clientErrorRow } from './api/refusals.js';
import type { ErrorCatalogue } from './errors.js';

/** What Node's HTTP parser refuses never becomes a request, but gets the vendor's shape and a log line all the same. */
export function answerBrokenRequests(errors: ErrorCatalogue) {
  return function answer(this: FastifyInstance, error: Error & { code?: string }, socket: Socket): void {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const [name, reason] = clientErrorRow(error.code);
    const { status, en } = errors[name];
    this.log.info({ status, rule: name, reason }, `${status}`);
    if (socket.writable) socket.write(rawAnswer(status, JSON.stringify({ message: en })));
    socket.destroySoon();
  };
}

function rawAnswer(status: number, body: string): string {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
