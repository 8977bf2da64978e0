import type { FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';

/** Station 4 of docs/architecture.md: what the headers alone can refuse, before a byte of the body is read. */
export function checkIntake(headers: FastifyRequest['headers'], bodyLimit: number): void {
  if (!hasBody(headers)) return;
  if (!isJson(headers['content-type'])) {
    throw vendorError('UNSUPPORTED_MEDIA_TYPE', 'content type absent or not application/json');
  }
  if (Number(headers['content-length'] ?? 0) > bodyLimit) {
    throw vendorError('ENTITY_TOO_LARGE', `declared length over ${bodyLimit} bytes`);
  }
}

function hasBody(headers: FastifyRequest['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Parameters such as `charset` do not matter; a relative such as `application/vnd.api+json` is another type. */
function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}
