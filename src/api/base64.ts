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

/** A string as long as this is made and dropped where V8 makes all that is short-lived; one of a photo's length takes fresh pages. */
const stretch = 32 * 1024;

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
  const length = end - start;
  const text = bytes.subarray(start, end);
  if (length % 4 !== 0 || text.includes(0x2d) || text.includes(0x5f)) return undefined;
  const padding = text.subarray(-2).toString('latin1').match(/=*$/)![0].length;
  const decoded = room((length / 4) * 3 - padding);
  let filled = 0;
  for (let at = 0; at < length; at += stretch) {
    filled += decoded.write(text.toString('latin1', at, at + stretch), filled, 'base64');
  }
  return filled === decoded.length ? decoded : undefined;
}

/** Without white space. */
function decodeStrict(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || text.includes('-') || text.includes('_')) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === (text.length / 4) * 3 - padding ? bytes : undefined;
}
