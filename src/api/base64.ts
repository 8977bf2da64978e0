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

/**
 * The same of a text that lies in bytes, without white space.
 * @param room where they are to go
 */
export function decodeBytes(
  bytes: Buffer,
  start: number,
  end: number,
  room: (length: number) => Buffer,
): Buffer | undefined {
  const text = bytes.subarray(start, end);
  const length = lengthOf(text);
  if (length === undefined) return undefined;
  const decoded = room(length);
  return decodeStretches(text, (filled) => decoded.subarray(filled)) === length ? decoded : undefined;
}

/**
 * The same, over the beginning of the bytes that the text lies in: what is written is shorter than what has been read. Where it is
 * anything else, they stay as they are: it is decoded once for nothing, which takes less than a memory of its own for several MB.
 */
export function decodeInPlace(bytes: Buffer, start: number, end: number): Buffer | undefined {
  const text = bytes.subarray(start, end);
  const length = lengthOf(text);
  const once = Buffer.allocUnsafe((stretch / 4) * 3);
  if (length === undefined || decodeStretches(text, () => once) !== length) return undefined;
  decodeStretches(text, (filled) => bytes.subarray(filled));
  return bytes.subarray(0, length);
}

/** Of what it stands for, if it is base64. */
function lengthOf(text: Buffer): number | undefined {
  if (text.length % 4 !== 0 || text.includes(0x2d) || text.includes(0x5f)) return undefined;
  const padding = text.subarray(-2).toString('latin1').match(/=*$/)![0].length;
  return (text.length / 4) * 3 - padding;
}

/** A string as long as this is made and dropped where V8 makes all that is short-lived; one of a photo's length takes fresh pages. */
const stretch = 32 * 1024;

/** @returns how many bytes there were */
function decodeStretches(text: Buffer, roomAfter: (filled: number) => Buffer): number {
  let filled = 0;
  for (let at = 0; at < text.length; at += stretch) {
    filled += roomAfter(filled).write(text.toString('latin1', at, at + stretch), 'base64');
  }
  return filled;
}

/** Without white space. */
function decodeStrict(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === (text.length / 4) * 3 - padding ? bytes : undefined;
}
