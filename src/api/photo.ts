import type { FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { notePhoto } from '../exchange/record.js';
import { describeForeign, sniffImageFormat } from '../vision/codec/image-format.js';
import type { CropRequest } from './schemas.js';

/** Station 8 of docs/architecture.md: base64 → bytes, and what kind of bytes. The other fields are what is left of the body. */
export function readPhoto(context: Context, request: FastifyRequest): Buffer {
  const { img, ...others } = request.body as CropRequest;
  const bytes = decodeBase64(context.config.acceptDataUri ? withoutDataUri(img) : img);
  if (bytes === undefined) throw vendorError('UNSUPPORTED_MEDIA_TYPE', reasonAgainst(img));
  const format = sniffImageFormat(bytes);
  if (format === null) throw vendorError('UNSUPPORTED_MEDIA_TYPE', `img is ${describeForeign(bytes)}`);
  notePhoto(request, { bytes, format }, context);
  request.body = others; // A phone photo's text is 10 MB, which need not wait in the queue with its bytes.
  return bytes;
}

const dataUri = /^data:[^,]{0,100};base64,/i;

const withoutDataUri = (text: string) => text.replace(dataUri, '');

const reasonAgainst = (text: string) =>
  dataUri.test(text) ? 'img has a data: prefix (see the setting accept-data-uri)' : 'img is not base64';

/**
 * Standard, padded base64; ASCII white space is passed over.
 *
 * Node's decoder skips whatever it does not know and never complains, but then it returns too few bytes: comparing lengths
 * costs a fifth of matching the alphabet with a regular expression.
 *
 * @returns `undefined` when the text is anything else.
 */
export function decodeBase64(text: string): Buffer | undefined {
  return (
    decodeStrict(text) ??
    (/[ \t\r\n\f]/.test(text) ? decodeStrict(text.replace(/[ \t\r\n\f]+/g, '')) : undefined)
  );
}

function decodeStrict(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === (text.length / 4) * 3 - padding ? bytes : undefined;
}
