import { createHash } from 'node:crypto';
import { describeForeign, sniffImageFormat } from '../vision/codec/image-format.js';
import type { ImageFormat } from '../vision/types.js';
import { decodeBase64, decodeBytes, decodeInPlace } from './base64.js';
import { type BodyHeaders, faultOfBytes, faultOfEncoding, faultOfJson } from './body-fault.js';
import { charsetOf } from './charset.js';
import { type JsonLimits, outlineJson } from './json-bounds.js';
import { noScratch, type Scratch } from './scratch.js';

/** A body on its way through the stations 6 and 8 of docs/architecture.md. No HTTP here: what is large is read in a thread of its own. */
export interface BodyTask {
  readonly bytes: Uint8Array;
  readonly headers: BodyHeaders;
  readonly limits: JsonLimits;
  readonly acceptDataUri: boolean;
}

export type ReadBody = { readonly fault: string } | { readonly fields: Fields; readonly photo?: ReadPhoto };

/** Of the body's JSON. */
export type Fields = Record<string, unknown>;

/** `fault`: why it is no photo, for the log. */
export type ReadPhoto = { readonly fault: string } | Photo;

export interface Photo {
  /** Of the scratch, in the memory that its body was in, or in one of its own. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: ImageFormat;
  /** Of what was read in another thread; this one does not need it of every photo. */
  readonly sha256?: string;
}

/** All of the body, but for its photo. */
export function readFields(task: BodyTask): ReadBody {
  const { headers, limits } = task;
  const bytes = bufferOf(task.bytes);
  if (bytes.length === 0) return fault('body empty; send JSON with bundle_key and img');
  const encoded = faultOfEncoding(headers);
  if (encoded !== undefined) return fault(encoded);
  const charset = charsetOf(headers['content-type']);
  const text = charset.decode(bytes);
  if (text === undefined) {
    const undeclared = `body is not ${charset.name}; send UTF-8, or declare its charset`;
    return fault(faultOfBytes(bytes, headers) ?? undeclared);
  }
  const outline = outlineJson(text.length === bytes.length ? bytes : Buffer.from(text), limits, 'img');
  if (outline.fault !== undefined) return fault(`body asks too much: ${outline.fault}`);
  return parseFields(text, () => faultOfBytes(bytes, headers));
}

function parseFields(text: string, faultOfItsBytes: () => string | undefined): ReadBody {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { fields: value as Fields };
    return fault('body is not a JSON object; send one with bundle_key and img');
  } catch (error) {
    // The parser's message quotes the body, which is nothing for a log.
    return fault(faultOfItsBytes() ?? faultOfJson(text, (error as Error).message));
  }
}

const fault = (reason: string) => ({ fault: reason });

/**
 * All of a body. Nearly all of one with a photo is that photo's text, which is decoded where it lies: to parse it as JSON first would
 * cost as much as all the rest.
 */
export function readBody(task: BodyTask, scratch: Scratch = noScratch): ReadBody {
  return readAroundPhoto(task, decodeInto(scratch)) ?? readWithPhoto(task);
}

/** Likewise, with all that another thread may do for this one. The photo takes the place of its text: one memory for the two. */
export function readWholly(task: BodyTask): ReadBody {
  const body = readAroundPhoto(task, decodeHere) ?? readWithPhoto(task);
  if ('fault' in body || body.photo === undefined || 'fault' in body.photo) return body;
  const bytes = ownBytes(body.photo.bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...body, photo: { ...body.photo, bytes, sha256 } };
}

/** Characters of a photo's text; less is parsed with all the rest. */
const worthwhile = 4096;

/** @returns `undefined` for what is no base64 */
type Decode = (bytes: Buffer, start: number, end: number) => ReadPhoto | undefined;

/** @returns `undefined` for whatever is not as all clients send it: one `img` without escapes, in ASCII, that is a photo */
function readAroundPhoto(task: BodyTask, decode: Decode): ReadBody | undefined {
  if (task.bytes.length < worthwhile) return undefined;
  const bytes = bufferOf(task.bytes);
  if (charsetOf(task.headers['content-type']).name !== 'UTF-8') return undefined;
  const { member } = outlineJson(bytes, task.limits, 'img');
  if (member === undefined) return undefined;
  const [start, end] = member;
  if (end - start < worthwhile) return undefined;
  const around = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  const read = readFields({ ...task, bytes: around });
  if (!('fields' in read) || read.fields.img !== '') return undefined;
  const photo = decode(bytes, start, end);
  return photo && { fields: abridge({ ...read.fields, img: measure(end - start) }), photo };
}

const decodeInto =
  (scratch: Scratch): Decode =>
  (bytes, start, end) => {
    let room: Buffer | undefined;
    const take = (length: number) => {
      const piece = scratch.take(length);
      room = piece === undefined ? Buffer.allocUnsafeSlow(length) : bufferOf(piece);
      return room;
    };
    const decoded = decodeBytes(bytes, start, end, take);
    const photo = decoded && identify(decoded);
    if (room !== undefined && (photo === undefined || 'fault' in photo)) scratch.giveBack(room);
    return photo;
  };

const decodeHere: Decode = (...where) => {
  const decoded = decodeInPlace(...where);
  return decoded && identify(decoded);
};

/** A small photo is decoded where it is needed. */
function readWithPhoto(task: BodyTask): ReadBody {
  const read = readFields(task);
  if (!('fields' in read)) return read;
  const { img } = read.fields;
  if (typeof img !== 'string' || img.length < worthwhile)
    return { fields: abridge(read.fields, [...known, 'img']) };
  return { fields: abridge(read.fields), photo: decodePhoto(img, task.acceptDataUri) };
}

const longest = 300;
const measure = (length: number) => `${length} characters`;
/** These are looked at as they are. */
const known = ['bundle_key', 'lang'];

/** As many others as the journal shows. */
const mostFields = 50;

/** What goes back to the main thread is small: of a text that nobody looks at, its length. */
const abridge = (fields: Fields, kept: readonly string[] = known): Fields =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name], index) => index < mostFields || kept.includes(name) || name === 'img')
      .map(([name, value]) => [
        name.slice(0, longest),
        typeof value === 'string' && !kept.includes(name) ? abridgeText(value) : emptied(value),
      ]),
  );

const abridgeText = (text: string) => (text.length > longest ? measure(text.length) : text);

const emptied = (value: unknown) =>
  typeof value === 'object' && value !== null ? (Array.isArray(value) ? [] : {}) : value;

const dataUri = /^data:[^,]{0,100};base64,/i;

/** Station 8: base64 → bytes, and what kind of bytes. */
export function decodePhoto(img: string, acceptDataUri: boolean): ReadPhoto {
  const bytes = decodeBase64(acceptDataUri ? img.replace(dataUri, '') : img);
  return bytes === undefined ? fault(reasonAgainst(img)) : identify(bytes);
}

const reasonAgainst = (text: string) =>
  dataUri.test(text) ? 'img has a data: prefix (see the setting accept-data-uri)' : 'img is not base64';

function identify(bytes: Buffer): ReadPhoto {
  const format = sniffImageFormat(bytes);
  if (format === null) return fault(`img is ${describeForeign(bytes)}`);
  return { bytes: bytes as Uint8Array<ArrayBuffer>, format };
}

/**
 * Below that, the way to another thread and back costs as much as the work: of 300 KB, 0.25 ms of 1.1 stay in this one less, and 0.5 more
 * are spent there (bench/http.ts).
 */
export const largeBody = 512 * 1024;

/** The bytes in a memory that can be handed over: small buffers share a pool of Node's, and others a scratch; that of a large body is its photo's alone. */
export function ownBytes(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { byteLength: length } = bytes.buffer;
  return bytes.byteLength === length || length >= largeBody ? bytes : Uint8Array.from(bytes);
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength);
