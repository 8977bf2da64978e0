import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { clearInterval, clearTimeout, setInterval, setTimeout } from '../real-time.js';

const idleCheckMs = 100;

/**
 * Makes `app.close()` as quick as the requests in flight allow: Fastify alone waits 72 s for a client that keeps its
 * connection alive. Answers say `connection: close`, connections are closed as soon as they idle, and after `timeoutMs`
 * whatever is left. The signals that ask for it are taken in `commands/serve.ts`.
 * @param timeoutMs the setting `shutdown-timeout`
 */
export function closePromptly(app: FastifyInstance, timeoutMs: number): void {
  let closing = false;
  const connections = followConnections(app);
  app.addHook('preClose', async () => {
    closing = true;
    if (!app.server.listening) return; // as under app.inject()
    const idle = setInterval(() => {
      app.server.closeIdleConnections();
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    }, idleCheckMs);
    const patience = setTimeout(() => {
      app.server.closeAllConnections();
      for (const socket of connections) socket.destroy(); // one that is still shaking hands
    }, timeoutMs);
    app.server.once('close', () => {
      clearInterval(idle);
      clearTimeout(patience);
    });
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close');
    done();
  });
}

/** Node counts a connection on which nothing was ever said as one that is busy; clients open such ones in advance. */
function followConnections(app: FastifyInstance): ReadonlySet<Socket> {
  const connections = new Set<Socket>();
  const follow = (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  };
  app.server.on('connection', follow);
  app.server.on('secureConnection', follow); // on top of one that has read the handshake
  return connections;
}
