import { isAscii, isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';

/**
 * Station 6 of docs/architecture.md: the body as JSON. Replaces Fastify's parsers, which take `text/plain` too, and scan a
 * photo's worth of text for `__proto__`; here the known fields are read one by one, so that a stray key can do no harm.
 */
export function parseJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) =>
    parseJsonObject(body),
  );
}

function parseJsonObject(body: Buffer): object {
  if (body.length === 0) throw vendorError('MISSING_INPUT', 'body empty');
  const value = parseJson(decodeText(body));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw vendorError('MISSING_INPUT', 'body is not a JSON object');
  }
  return value;
}

/** Nearly every body is ASCII, which is read in half the time. */
function decodeText(body: Buffer): string {
  if (isAscii(body)) return body.toString('latin1');
  if (!isUtf8(body)) throw vendorError('MISSING_INPUT', 'body is not UTF-8');
  return body.toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the body, which is nothing for a log.
    throw vendorError('MISSING_INPUT', 'body is not JSON');
  }
}
