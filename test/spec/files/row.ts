import sharp, { type Sharp } from 'sharp';
import { fixture } from '../../../src/photos/fixtures.js';

/** Why there is no crop: the rule in the log, and the reason. */
type Refusal = readonly [rule: string, reason: RegExp];

/** A file of a certain trait, and what is answered. */
export type FileRow = readonly [
  trait: string,
  file: Buffer | Promise<Buffer>,
  answer: 'a card' | 'a standing card' | Refusal,
];

/** A lying card on a table, to be written in any way. */
export const photo = (): Sharp => sharp(fixture('card-on-table').bytes).resize(640);

const unreadable = (reason: RegExp): Refusal => ['IMAGE_UNREADABLE', reason];

export const cut = unreadable(/^the file ends before the picture does, after \d+ bytes: send all of it$/);
export const damaged = unreadable(/^the picture data is damaged$/);
export const badHeader = unreadable(/^the header is damaged$/);
export const badChecksum = (chunk: string) =>
  unreadable(new RegExp(`^the checksum of the PNG chunk ${chunk} at byte \\d+ is wrong`));
export const unread = (reason: RegExp) => unreadable(reason);
export const noCard: Refusal = [
  'CARD_NOT_FOUND',
  /^no card: confidence 0\.\d\d, at least 0\.5 passes \(min-confidence\); .+; the network sees a document with [01]\.\d\d of 1$/,
];
export const tooSmall: Refusal = [
  'IMAGE_TOO_SMALL',
  /^\d+ × \d+ pixels: at least 64 a side pass \(min-side\)$/,
];
export const tooLarge: Refusal = [
  'IMAGE_TOO_LARGE',
  /^\d+ × \d+ pixels are \d+\.\d million: at most (67\.1|268\.4) million pass \(max-pixels\)$/,
];
export const foreign = (name: string): Refusal => [
  'UNSUPPORTED_MEDIA_TYPE',
  new RegExp(`^img is ${name}.*, which is not read: (send|convert|encode) `),
];
export const nothingKnown: Refusal = ['UNSUPPORTED_MEDIA_TYPE', /^img is no JPEG, PNG or WebP$/];

export const join = (...parts: (Buffer | Promise<Buffer>)[]): Promise<Buffer> =>
  Promise.all(parts).then((buffers) => Buffer.concat(buffers));

export const rubbish = Buffer.from('rubbish '.repeat(50));

/** `edit` changes a copy in place, or returns another. */
export async function changed(
  file: Buffer | Promise<Buffer>,
  edit: (bytes: Buffer) => Buffer | number,
): Promise<Buffer> {
  const copy = Buffer.from(await file);
  const result = edit(copy);
  return Buffer.isBuffer(result) ? result : copy;
}

export const first = (file: Buffer | Promise<Buffer>, bytes: number) =>
  changed(file, (all) => all.subarray(0, bytes));
export const without = (file: Buffer | Promise<Buffer>, bytes: number) =>
  changed(file, (all) => all.subarray(0, -bytes));
export const half = (file: Buffer | Promise<Buffer>) =>
  changed(file, (all) => all.subarray(0, all.length >> 1));
export const hole = (file: Buffer | Promise<Buffer>, value: number, bytes = 40) =>
  changed(file, (all) => all.fill(value, all.length >> 1, (all.length >> 1) + bytes));
