import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/**
 * The text of a body, by the charset that its content type names. The stock stack asks Python's codecs, which know more
 * charsets than the platform does here; what is unknown is taken for UTF-8, there as here.
 */
export interface Charset {
  /** As the log names it. */
  readonly name: string;
  /** @returns `undefined` for bytes that are no text in it; a byte order mark stays where Python leaves it */
  decode(bytes: Buffer): string | undefined;
}

export function charsetOf(contentType: string | undefined): Charset {
  if (contentType === undefined || !contentType.includes(';')) return utf8;
  const label = labelOf(contentType);
  if (label === '') return utf8;
  return own.get(label) ?? platformCharset(label);
}

/** In lower case, with the hyphens that Python takes for underscores. The last of several counts, as in Django. */
function labelOf(contentType: string): string {
  const given = [...contentType.matchAll(/;\s*charset\s*=\s*(?:"([^"]*)"|([^;]*))/gi)].at(-1);
  return (given?.[1] ?? given?.[2] ?? '').trim().toLowerCase().replaceAll('_', '-');
}

/** Nearly every body is ASCII, which is read in half the time. */
const utf8: Charset = {
  name: 'UTF-8',
  decode: (bytes) => {
    if (isAscii(bytes)) return bytes.toString('latin1');
    return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  },
};

/** Not the platform's, to which this name means Windows-1252. */
const latin1: Charset = { name: 'ISO-8859-1', decode: (bytes) => bytes.toString('latin1') };

/** Nor this one. */
const ascii: Charset = {
  name: 'ASCII',
  decode: (bytes) => (isAscii(bytes) ? bytes.toString('latin1') : undefined),
};

/** Without a byte order mark Python does not guess. */
const utf16: Charset = {
  name: 'UTF-16',
  decode: (bytes) => {
    const mark = bytes.subarray(0, 2).toString('hex');
    if (mark !== 'fffe' && mark !== 'feff') return undefined;
    return decodeBy(mark === 'fffe' ? 'utf-16le' : 'utf-16be', bytes.subarray(2));
  },
};

const utf8WithMark: Charset = {
  name: 'UTF-8',
  decode: (bytes) =>
    utf8.decode(bytes.subarray(0, 3).toString('hex') === 'efbbbf' ? bytes.subarray(3) : bytes),
};

const own: ReadonlyMap<string, Charset> = new Map([
  ['utf-8', utf8],
  ['utf8', utf8],
  ['utf-8-sig', utf8WithMark],
  ...['iso-8859-1', 'iso8859-1', 'latin1', 'latin-1', 'l1'].map((label) => [label, latin1] as const),
  ...['us-ascii', 'ascii'].map((label) => [label, ascii] as const),
  ['utf-16', utf16],
  ['utf16', utf16],
  ...(['utf-16le', 'utf-16be'] as const).flatMap((name) => {
    const charset: Charset = { name: name.toUpperCase(), decode: (bytes) => decodeBy(name, bytes) };
    return [
      [name, charset],
      [name.replace('16', '16-'), charset],
    ] as const;
  }),
]);

function platformCharset(label: string): Charset {
  try {
    const { encoding } = new TextDecoder(label);
    return { name: encoding, decode: (bytes) => decodeBy(label, bytes) };
  } catch {
    return { ...utf8, name: 'UTF-8 (the charset that is declared is not known here)' };
  }
}

function decodeBy(label: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
