import type { FastifyRequest } from 'fastify';
import { ClientGone } from '../cropper/turn.js';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { answersItself } from './perform.js';

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

/** What is shorter holds no photo to speak of. */
const photoLength = 64 * 1024;

/**
 * Is there room for its photo? Asked when the headers have passed and the body has not been read, so that a photo that nobody could
 * crop costs next to nothing. What is small finds out at the crop, as its own faults may come first.
 * @throws {VendorError | ClientGone} `SERVICE_UNAVAILABLE`; whose end has been told already would keep its place for ever
 */
export function enterRoom({ cropper }: Context, { headers, exchange }: FastifyRequest): void {
  const declared = Number(headers['content-length'] ?? 0);
  if (declared < photoLength && headers['transfer-encoding'] === undefined) return;
  if (exchange.isAbandoned) throw new ClientGone();
  exchange.place = cropper.expect(declared, !answersItself(exchange));
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
