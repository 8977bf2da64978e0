import type { FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';

/** Station 4 of docs/architecture.md: what the headers alone can refuse, before a byte of the body is read. */
export function checkIntake(headers: FastifyRequest['headers'], bodyLimit: number): void {
  if (!hasBody(headers)) return;
  if (!isJson(headers['content-type'])) {
    throw vendorError('UNSUPPORTED_MEDIA_TYPE', faultOfType(headers['content-type']));
  }
  if (Number(headers['content-length'] ?? 0) > bodyLimit) {
    throw vendorError(
      'ENTITY_TOO_LARGE',
      `declared length over ${bodyLimit} bytes; the setting body-limit allows more`,
    );
  }
}

function hasBody(headers: FastifyRequest['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

const faultOfType = (contentType: string | undefined) =>
  `content type ${contentType ? 'is not application/json' : 'absent'}; send Content-Type: application/json`;

/** Parameters such as `charset` do not matter here; a relative such as `application/vnd.api+json` is another type. */
function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}
