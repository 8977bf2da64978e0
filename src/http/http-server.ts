import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { FastifyInstance } from 'fastify';

/** As Fastify has it: longer than load balancers keep their end open. */
export const keepAliveTimeoutMs = 72_000;

/** Node's HTTP server without the answers that Node would give by itself, in no shape of the vendor's. */
export function createHttpServer(
  answer: RequestListener,
  requestTimeoutMs: number,
  { secure, maxConnections }: { readonly secure: boolean; readonly maxConnections: number },
): Server {
  const options = {
    requestTimeout: requestTimeoutMs,
    // Node looks at request timeouts only as often as it checks connections, and never before the headers' own timeout.
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1000, requestTimeoutMs),
    keepAliveTimeout: keepAliveTimeoutMs,
    requireHostHeader: false, // 400 without a body
  };
  const server = secure ? createSecureServer(options, answer) : createServer(options, answer);
  server.maxConnections = maxConnections;
  server.on('checkExpectation', answer); // 417 without a body; RFC 9110 lets a server pass over what it does not know
  server.on('checkContinue', answer); // 100 before anybody has looked at the token: see below
  return server;
}

/** A client that asks before it sends its photo is told to go on only when the headers have passed. */
export function continueBeforeBody(app: FastifyInstance): void {
  app.addHook('preParsing', ({ headers, raw }, reply, _payload, done) => {
    if (raw.httpVersion === '1.1' && headers.expect?.toLowerCase() === '100-continue') {
      reply.raw.writeContinue();
    }
    done();
  });
}
