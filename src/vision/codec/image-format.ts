import type { ImageFormat } from '../types.js';

/** How the files of each format that we read begin, as `openingOf` writes it. */
const signatures: Record<ImageFormat, RegExp> = {
  jpeg: /^\xff\xd8\xff/,
  png: /^\x89PNG␍␊␚␊/,
  // four bytes of length between
  webp: /^RIFF.{4}WEBP/,
};

const sendAnother = 'send a JPEG, PNG or WebP';

/** How the files begin that are sent by mistake, and what to do about it. The first that fits counts. */
const foreignFormats: readonly [name: string, signature: RegExp, advice?: string][] = [
  ['AVIF', /^.{4}ftyp(avi[fs]|.{8}(?:.{4})*?avif)/],
  [
    'HEIC (HEIF, as iPhones take it)',
    /^.{4}ftyp(he[iv]|mif1|msf1)/,
    'convert it to JPEG before it is sent, or set the phone\'s camera to "Most Compatible"',
  ],
  ['a raw photo (CR3)', /^.{4}ftypcrx/],
  ['a film (MP4 or QuickTime)', /^.{4}(ftyp|moov|wide|mdat)/],
  ['GIF', /^GIF8[79]a/],
  ['TIFF (or a raw photo in it)', /^(II[*+]␀|MM␀[*+])/],
  ['BMP', /^BM.{4}␀{4}/],
  ['JPEG XL', /^(\xff␊|␀␀␀␌JXL )/],
  ['JPEG 2000', /^(␀␀␀␌jP {2}|\xffO\xffQ)/],
  ['an icon (ICO)', /^␀␀[␁␂]␀/],
  ['Photoshop (PSD)', /^8BPS/],
  ['PNM', /^P[1-7][ ␊]/],
  ['PDF', /^.{0,99}?%PDF-/, 'send a picture of the page as JPEG, PNG or WebP'],
  ['SVG', /^[ ␉␊␍]*(<\?xml.*?)?<svg[ ␉␊␍>]/],
  ['a web page (HTML)', /^[ ␉␊␍]*<(!doctype html|html)/i],
  ['JSON', /^[ ␉␊␍]*[[{][ ␉␊␍]*["[{\d]/],
  ['a ZIP archive', /^PK␃␄/],
  ['compressed (gzip)', /^␟\x8b/],
  ['base64 once more', /^[ ␉␊␍]*(\/9j\/|iVBORw0KGgo|UklGR)/, 'encode it once'],
  ['text that begins with data:', /^[ ␉␊␍]*data:image/, 'encode the bytes of the picture, not their text'],
];

/** As far as any signature of what we read looks, and any of all. */
const readLength = 12;
const openingLength = 512;

/**
 * What kind of image the bytes open as, whatever the file was called; null for anything that we do not read.
 * Looked up here rather than left to the decoder, which would also open SVG, PDF, TIFF and GIF.
 */
export function sniffImageFormat(bytes: Uint8Array): ImageFormat | null {
  const opening = openingOf(bytes, readLength);
  for (const [format, signature] of Object.entries(signatures)) {
    if (signature.test(opening)) return format as ImageFormat;
  }
  return null;
}

/** For the log: what bytes that are no photo are instead, as far as can be told, and what to do about it. */
export function describeForeign(bytes: Uint8Array): string {
  const opening = openingOf(bytes, openingLength);
  const [name, , advice = sendAnother] =
    foreignFormats.find(([, signature]) => signature.test(opening)) ?? [];
  return name === undefined ? 'no JPEG, PNG or WebP' : `${name}, which is not read: ${advice}`;
}

/** The first bytes as Latin-1, the control characters as their pictures: 0 is ␀. */
const openingOf = (bytes: Uint8Array, length: number) =>
  Array.from(bytes.subarray(0, length), (byte) => String.fromCharCode(byte < 32 ? 0x2400 + byte : byte)).join(
    '',
  );
