import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { openBodyReader } from './body-thread.js';
import { collectBody } from './collect.js';
import type { ReadPhoto } from './read-body.js';

/** Where the photo of a large body waits for station 8. */
const photoKey = Symbol('photo');

/**
 * Station 6 of docs/architecture.md: the body as JSON. Replaces Fastify's parsers, which take `text/plain` too, and scan a
 * photo's worth of text for `__proto__`; here the known fields are read one by one, so that a stray key can do no harm.
 */
export function parseJsonBodies(app: FastifyInstance, context: Context): void {
  const reader = openBodyReader();
  app.addHook('onClose', () => reader.close());
  app.decorateRequest(photoKey, null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    const { bodyLimit, maxJsonValues: values, maxJsonDepth: depth, acceptDataUri } = context.config;
    const bytes = await collectBody(payload, bodyLimit, (more) => request.exchange.place?.grow(more));
    const { 'content-type': type, 'content-encoding': encoding } = request.headers;
    const headers = { 'content-type': type, 'content-encoding': encoding };
    const body = await reader.read({ bytes, headers, limits: { values, depth }, acceptDataUri });
    if ('fault' in body) throw vendorError('MISSING_INPUT', body.fault);
    if (body.photo !== undefined) request.setDecorator(photoKey, body.photo);
    return body.fields;
  });
}

/** What was read with the body; `null` of a small one. */
export const photoOfBody = (request: FastifyRequest): ReadPhoto | null => request.getDecorator(photoKey);
