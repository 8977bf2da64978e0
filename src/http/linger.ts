import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { clearTimeout, setTimeout } from '../real-time.js';

/** As long as nginx gives a client (lingering_timeout is 5 s without a byte, lingering_time 30 s in all). */
const longestMs = 5000;

/**
 * A client that is refused in the middle of its upload and wants its connection closed gets the answer: Node would close at once, and
 * closing with unread bytes is a reset, which takes the answer with it. The end of the answers is sent, and what still comes is read and dropped.
 */
export function lingerOnUploads(app: FastifyInstance): void {
  const answered = new WeakMap<Socket, IncomingMessage>();
  app.addHook('onSend', ({ raw }, _reply, _payload, done) => {
    if (!raw.complete) answered.set(raw.socket, raw);
    done();
  });
  const follow = (socket: Socket) => {
    const closeAtOnce = socket.destroySoon;
    socket.destroySoon = () => {
      const upload = answered.get(socket);
      if (upload === undefined || upload.complete || socket.readableEnded) return closeAtOnce.call(socket);
      const close = () => socket.destroy();
      const patience = setTimeout(close, longestMs);
      socket.once('close', () => clearTimeout(patience));
      upload.once('end', close).resume();
      socket.end();
    };
  };
  app.server.on('connection', follow);
  app.server.on('secureConnection', follow);
}
