import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { openBodyReader } from './body-thread.js';
import { collectBody } from './collect.js';
import { largeBody, type ReadPhoto } from './read-body.js';
import { createScratch } from './scratch.js';

/** Where the photo of a large body waits for station 8. */
const photoKey = Symbol('photo');

/** Bodies that arrive at a time, as a test's few clients send them; what is larger goes to another thread, memory and all. */
export const scratchPieces = 8;

/**
 * Station 6 of docs/architecture.md: the body as JSON. Replaces Fastify's parsers, which take `text/plain` too, and scan a
 * photo's worth of text for `__proto__`; here the known fields are read one by one, so that a stray key can do no harm.
 */
export function parseJsonBodies(app: FastifyInstance, context: Context): void {
  const reader = openBodyReader();
  const scratch = createScratch(largeBody - 1, scratchPieces);
  const photos = createScratch(largeBody - 1, scratchPieces);
  app.exchangeEnds.push(({ exchange }, _reply, { how }) => {
    const { borrowed } = exchange;
    // Whoever is still at work on a request without an answer may hold the photo.
    if (borrowed !== undefined) photos[how === 'answered' ? 'giveBack' : 'forget'](borrowed);
  });
  app.addHook('onClose', () => reader.close());
  app.decorateRequest(photoKey, null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    const { bodyLimit, maxJsonValues: values, maxJsonDepth: depth, acceptDataUri } = context.config;
    const noteGrowth = (more: number) => request.exchange.place?.grow(more);
    const bytes = await collectBody(payload, bodyLimit, noteGrowth, scratch);
    const { 'content-type': type, 'content-encoding': encoding } = request.headers;
    const headers = { 'content-type': type, 'content-encoding': encoding };
    const task = { bytes, headers, limits: { values, depth }, acceptDataUri };
    const body = await reader.read(task, photos).finally(() => scratch.giveBack(bytes));
    if ('fault' in body) throw vendorError('MISSING_INPUT', body.fault);
    if (body.photo !== undefined) request.setDecorator(photoKey, body.photo);
    if (body.photo !== undefined && 'bytes' in body.photo) request.exchange.borrowed = body.photo.bytes;
    return body.fields;
  });
}

/** What was read with the body; `null` of a small one. */
export const photoOfBody = (request: FastifyRequest): ReadPhoto | null => request.getDecorator(photoKey);
