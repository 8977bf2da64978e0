import type { Server } from 'node:http';

/**
 * What there is to a server, in so far as a user may count on it. It is an application of Fastify's, which is part of the bundle
 * and not installed with it.
 */
export interface FastifyInstance {
  /** Node's own server, for its address and its events. */
  readonly server: Server;
  /** Opens the port; 0 takes a free one. @returns the URL, such as `http://127.0.0.1:3000` */
  listen(options?: { port?: number; host?: string; signal?: AbortSignal }): Promise<string>;
  /** Everything is loaded, and nothing listens yet. */
  ready(): PromiseLike<unknown>;
  /** Answers what is in flight and ends: its port, its workers. */
  close(): PromiseLike<unknown>;
}

/** Named by declarations of ours, and in nothing that is handed out. */
export interface FastifySchema {
  body?: unknown;
  querystring?: unknown;
  params?: unknown;
}
