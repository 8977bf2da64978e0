import type { FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { notePhoto } from '../exchange/record.js';
import { photoOfBody } from './body.js';
import { decodePhoto } from './read-body.js';
import type { CropRequest } from './schemas.js';

/** Station 8 of docs/architecture.md: base64 → bytes, and what kind of bytes. The other fields are what is left of the body. */
export function readPhoto(context: Context, request: FastifyRequest): Uint8Array<ArrayBuffer> {
  const { img, ...others } = request.body as CropRequest;
  const photo = photoOfBody(request) ?? decodePhoto(img, context.config.acceptDataUri);
  if ('fault' in photo) throw vendorError('UNSUPPORTED_MEDIA_TYPE', photo.fault);
  notePhoto(request, photo, context);
  request.body = others; // The text need not wait in the queue with its bytes.
  return photo.bytes;
}
