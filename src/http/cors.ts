import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { isOwnPage, routeOf } from '../exchange/paths.js';

/** What a page may read of an answer besides its body. */
const exposedHeaders = ['hmac', 'retry-after', 'allow', 'www-authenticate'];
/** All that a page may try, so that it sees the 405. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Lets web pages of the origins in the setting `cors` call the vendor's paths and read every answer, 404 included. Our own pages
 * are for no other origin: they show accounts and photos. Without the setting nothing is registered: the server is as it was.
 */
export function allowOrigins(app: FastifyInstance, { cors: setting }: Config): void {
  const origin = originsOf(setting);
  if (origin.length === 0) return;
  app.register(cors, {
    delegator: (request: FastifyRequest, decide: (error: null, options: FastifyCorsOptions) => void) =>
      decide(null, {
        origin: isOwnPage(routeOf(request)) ? false : origin,
        preflight: isPreflight(request), // any other OPTIONS has an answer of its own
        methods,
        exposedHeaders,
      }),
  });
}

/** For the answers that are made where there are no hooks. */
export function corsHeaders({ cors: setting }: Config, origin: string | undefined): Record<string, string> {
  const allowed = originsOf(setting);
  if (allowed.includes('*')) return { 'access-control-allow-origin': '*' };
  if (origin === undefined || !allowed.includes(origin)) return {};
  return { 'access-control-allow-origin': origin, vary: 'Origin' };
}

const originsOf = (setting: string | undefined) => setting?.split(',').map((origin) => origin.trim()) ?? [];

const isPreflight = ({ headers }: FastifyRequest) =>
  headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
