/** Those of a body's headers that say how to read it. */
export interface BodyHeaders {
  readonly 'content-type'?: string | undefined;
  readonly 'content-encoding'?: string | undefined;
}

/** What is wrong with bodies that cannot be read, in the words of the log; never a word of the body itself. */

/** Of the headers: an encoding of the body that is none of its text. */
export function faultOfEncoding(headers: BodyHeaders): string | undefined {
  const encoding = String(headers['content-encoding'] ?? '').trim();
  return encoding === '' || encoding.toLowerCase() === 'identity'
    ? undefined
    : 'Content-Encoding is not supported; send the body uncompressed, without that header';
}

/** Of the bytes: what keeps them from being text at all. */
export function faultOfBytes(bytes: Buffer, headers: BodyHeaders): string | undefined {
  const declared = faultOfEncoding(headers);
  if (declared !== undefined) return declared;
  if (startsWith(bytes, '1f8b'))
    return 'body is compressed by gzip, which is not supported; send it uncompressed';
  if (startsWith(bytes, '28b52ffd')) {
    return 'body is compressed by Zstandard, which is not supported; send it uncompressed';
  }
  if (startsWith(bytes, 'efbbbf')) return 'body begins with a byte order mark; send it without';
  if ((startsWith(bytes, 'fffe') || startsWith(bytes, 'feff')) && !declaresUtf16(headers)) {
    return 'body begins with the byte order mark of UTF-16; send UTF-8, or declare charset=utf-16';
  }
  return undefined;
}

const declaresUtf16 = (headers: BodyHeaders) =>
  /charset\s*=\s*"?utf[-_]?16"?\s*(?:;|$)/i.test(headers['content-type'] ?? '');

const startsWith = (bytes: Buffer, hex: string) => bytes.subarray(0, hex.length / 2).toString('hex') === hex;

/**
 * Of a text that should have been JSON.
 * @param problem in the words of `JSON.parse`
 */
export function faultOfJson(text: string, problem: string): string {
  const why = likenesses.find(([pattern]) => pattern.test(text.slice(0, 1000)))?.[1];
  if (why !== undefined) return `body is not JSON: ${why}`;
  const breaksOff = /end of JSON|Unterminated/.test(problem) || placeOf(problem) >= text.length;
  return breaksOff ? 'body is not JSON: it breaks off before its end' : 'body is not JSON';
}

const placeOf = (problem: string) => Number(/position (\d+)/.exec(problem)?.[1] ?? 0);

const likenesses: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^\s*$/, 'it is empty'],
  [/^\s*\{\s*'/, 'its strings stand in single quotes, as where an object of Python is printed'],
  [/^[\w.-]+=/, 'it looks like a form'],
  [/^--/, 'it looks like multipart/form-data'],
  [/^\s*</, 'it looks like XML or HTML'],
  [/^\s*\[object /, 'it is an object of JavaScript that was made text without JSON.stringify'],
  [/^[\s"]*(?:data:|\/9j\/|iVBOR|UklGR)/, 'it looks like the photo alone; img is a field of an object'],
];
