import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import { faultOfBytes, faultOfEncoding, faultOfJson } from './body-fault.js';
import { charsetOf } from './charset.js';

/**
 * Station 6 of docs/architecture.md: the body as JSON. Replaces Fastify's parsers, which take `text/plain` too, and scan a
 * photo's worth of text for `__proto__`; here the known fields are read one by one, so that a stray key can do no harm.
 */
export function parseJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async ({ headers }: FastifyRequest, body: Buffer) =>
    parseJsonObject(body, headers),
  );
}

function parseJsonObject(body: Buffer, headers: IncomingHttpHeaders): object {
  if (body.length === 0) throw vendorError('MISSING_INPUT', 'body empty; send JSON with bundle_key and img');
  const encoded = faultOfEncoding(headers);
  if (encoded !== undefined) throw vendorError('MISSING_INPUT', encoded);
  const value = parseJson(decodeText(body, headers), () => faultOfBytes(body, headers));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw vendorError('MISSING_INPUT', 'body is not a JSON object; send one with bundle_key and img');
  }
  return value;
}

function decodeText(body: Buffer, headers: IncomingHttpHeaders): string {
  const charset = charsetOf(headers['content-type']);
  const text = charset.decode(body);
  if (text !== undefined) return text;
  const fault =
    faultOfBytes(body, headers) ?? `body is not ${charset.name}; send UTF-8, or declare its charset`;
  throw vendorError('MISSING_INPUT', fault);
}

function parseJson(text: string, faultOfItsBytes: () => string | undefined): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's message quotes the body, which is nothing for a log.
    const fault = faultOfItsBytes() ?? faultOfJson(text, (error as Error).message);
    throw vendorError('MISSING_INPUT', fault);
  }
}
