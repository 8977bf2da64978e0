import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } from '../real-time.js';

/** As long as nginx gives a client: `lingering_timeout` without a byte, `lingering_time` in all. */
const patience = { quietMs: 5000, longestMs: 30_000 };

/**
 * Who is refused in the middle of an upload is told that the connection ends, as RFC 9112 (9.6) has it: some clients stop uploading when they have their
 * answer and use the connection again, Java's in one of seven such cases, and what they ask then would be taken for the rest of the upload.
 *
 * They get the answer: Node would close at once, and closing with unread bytes is a reset, which takes the answer with it. The end of the answers is
 * sent, and what still comes is read and dropped.
 */
export function lingerOnUploads(app: FastifyInstance, { quietMs, longestMs } = patience): void {
  const answered = new WeakMap<Socket, IncomingMessage>();
  app.addHook('onSend', ({ raw }, reply, _payload, done) => {
    if (raw.complete || !hasBody(raw)) return done();
    // What came in one piece with its headers is read by then.
    setImmediate(() => {
      if (!raw.complete) {
        answered.set(raw.socket, raw);
        reply.header('connection', 'close');
      }
      done();
    });
  });
  const follow = (socket: Socket) => {
    const closeAtOnce = socket.destroySoon;
    socket.destroySoon = () => {
      const upload = answered.get(socket);
      if (upload === undefined || upload.complete || socket.readableEnded) return closeAtOnce.call(socket);
      const close = () => socket.destroy();
      // Node drops what comes without a word; only the count goes on.
      let seen = socket.bytesRead;
      const quiet = setInterval(() => {
        if (socket.bytesRead === seen) close();
        seen = socket.bytesRead;
      }, quietMs);
      const longest = setTimeout(close, longestMs);
      socket.once('close', () => {
        clearInterval(quiet);
        clearTimeout(longest);
      });
      upload.once('end', close).resume();
      socket.end();
    };
  };
  app.server.on('connection', follow);
  app.server.on('secureConnection', follow);
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
