import sharp from 'sharp';
import { blankPng } from '../../../scripts/blank-png.js';
import { fixture } from '../../../src/photos/fixtures.js';
import { blankJpeg } from '../../support/photos.js';
import { withSize } from './jpeg-parts.js';
import {
  changed,
  type FileRow,
  foreign,
  noCard,
  nothingKnown,
  photo,
  tooLarge,
  tooSmall,
  unread,
} from './row.js';

const latin1 = (text: string, length = 0) => Buffer.from(text.padEnd(length, '\0'), 'latin1');
const box = (brand: string, ...others: string[]) =>
  latin1(`\0\0\0\x1cftyp${brand}\0\0\0\0${others.join('')}`, 600);
const small = () => photo().resize(64);
const jpeg = await photo().jpeg().toBuffer();

export const foreignFiles: FileRow[] = [
  ['HEIC of an iPhone', box('heic', 'mif1', 'heic'), foreign('HEIC')],
  ['HEIC, 10 bits', box('heix', 'mif1', 'heix'), foreign('HEIC')],
  ['HEIF without a word of its coding', box('mif1', 'heic'), foreign('HEIC')],
  ['a burst of HEIC', box('hevc', 'msf1', 'hevc'), foreign('HEIC')],
  ['a sequence of HEIF', box('msf1', 'hevc'), foreign('HEIC')],
  ['AVIF', small().avif({ effort: 0 }).toBuffer(), foreign('AVIF')],
  ['AVIF by its second name', box('mif1', 'miaf', 'avif'), foreign('AVIF')],
  ['a sequence of AVIF', box('avis', 'avif'), foreign('AVIF')],
  ['GIF', small().gif().toBuffer(), foreign('GIF')],
  ['GIF of 1987', latin1('GIF87a', 99), foreign('GIF')],
  ['TIFF', small().tiff().toBuffer(), foreign('TIFF')],
  ['TIFF of the other byte order', latin1('MM\0*\0\0\0\x08', 99), foreign('TIFF')],
  ['BigTIFF', latin1('II+\0\x08\0\0\0', 99), foreign('TIFF')],
  ['BMP', latin1('BM\x3a\0\0\0\0\0\0\0\x36', 99), foreign('BMP')],
  ['JPEG XL', latin1('\xff\x0a', 99), foreign('JPEG XL')],
  ['JPEG XL in its box', latin1('\0\0\0\x0cJXL \r\n\x87\n', 99), foreign('JPEG XL')],
  ['JPEG 2000', latin1('\0\0\0\x0cjP  \r\n\x87\n', 99), foreign('JPEG 2000')],
  ['JPEG 2000, its code alone', latin1('\xff\x4f\xff\x51', 99), foreign('JPEG 2000')],
  ['ICO', latin1('\0\0\x01\0\x01\0', 99), foreign('an icon')],
  ['PSD', latin1('8BPS\0\x01', 99), foreign('Photoshop')],
  ['PNM', latin1('P6\n9 9\n255\n', 99), foreign('PNM')],
  ['a raw photo of Canon', box('crx '), foreign('a raw photo')],
  ['MP4', box('isom', 'mp42'), foreign('a film')],
  ['QuickTime', latin1('\0\0\0\x08wide\0\0\0\0mdat', 99), foreign('a film')],
  ['PDF', latin1('%PDF-1.7\n'), foreign('PDF')],
  ['PDF behind a mark of order', latin1('\xef\xbb\xbf%PDF-1.7\n'), foreign('PDF')],
  ['SVG', latin1('<svg xmlns="http://www.w3.org/2000/svg"/>'), foreign('SVG')],
  ['SVG behind a declaration', latin1('<?xml version="1.0"?>\n<!-- x -->\n<svg width="9">'), foreign('SVG')],
  ['a web page', latin1('<!DOCTYPE html><html>'), foreign('a web page')],
  ['JSON', latin1('{"img": "x"}'), foreign('JSON')],
  ['a ZIP archive', latin1('PK\x03\x04', 99), foreign('a ZIP archive')],
  ['gzip', latin1('\x1f\x8b\x08', 99), foreign('compressed')],
  ['base64 of base64', Buffer.from(jpeg.toString('base64')), foreign('base64 once more')],
  [
    'base64 of a data URI',
    latin1(`data:image/jpeg;base64,${jpeg.toString('base64')}`),
    foreign('text that begins with data:'),
  ],
  ['text', latin1('hello'), nothingKnown],
  ['zeros', Buffer.alloc(1000), nothingKnown],
  ['one byte', Buffer.from([0xff]), nothingKnown],
  ['the start of a JPEG, two bytes', jpeg.subarray(0, 2), nothingKnown],
  ['RIFF that holds sound', latin1('RIFF\x24\0\0\0WAVEfmt '), nothingKnown],
  ['a JPEG behind a line feed', Buffer.concat([latin1('\n'), jpeg]), nothingKnown],
];

const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#999' } });
const table = fixture('card-on-table').bytes;
/** A card of the photo's height, in a picture many times as wide: the table goes on to both sides. */
const stretched = (left: number, right: number) =>
  photo().resize(600).extend({ left, right, top: 0, bottom: 0, extendWith: 'copy' });

export const sizedFiles: FileRow[] = [
  ['one pixel', grey(1, 1).png().toBuffer(), tooSmall],
  ['a JPEG of one pixel', grey(1, 1).jpeg().toBuffer(), tooSmall],
  ['a WebP of one pixel', grey(1, 1).webp().toBuffer(), tooSmall],
  ['one pixel in width', grey(1, 5000).png().toBuffer(), tooSmall],
  ['63 pixels', grey(500, 63).jpeg().toBuffer(), tooSmall],
  ['64 pixels', grey(64, 64).jpeg().toBuffer(), noCard],
  ['65,500 pixels in width', grey(65_500, 64).jpeg().toBuffer(), noCard],
  [
    '65,535 pixels in width, which no decoder takes',
    changed(grey(64, 64).jpeg().toBuffer(), (file) => withSize(file, 65_535, 64)),
    unread(/^the header says 65535 × 64 pixels: at most 65500 a side are read$/),
  ],
  ['65,535 pixels in height', grey(64, 65_535).png().toBuffer(), noCard],
  ['no card', blankJpeg(640, 480), noCard],
  ['a photo of a hundred pixels', photo().resize(100).png().toBuffer(), 'a card'],
  ['8:1', stretched(1500, 1500).jpeg().toBuffer(), 'a card'],
  ['1:8', stretched(1000, 2000).rotate(90).jpeg().toBuffer(), 'a standing card'],
  ['12:1, PNG', stretched(4000, 800).png({ compressionLevel: 1 }).toBuffer(), 'a card'],
  [
    '24:1, by its EXIF tag',
    stretched(9000, 1200).withMetadata({ orientation: 8 }).jpeg().toBuffer(),
    'a standing card',
  ],
  ['12 MP', sharp(table).resize(4000, 3000).jpeg().toBuffer(), 'a card'],
  [
    '50.1 MP, of a phone',
    sharp(table).resize(8160, 6144, { fit: 'fill' }).jpeg({ quality: 60, optimiseCoding: false }).toBuffer(),
    'a card',
  ],
  ['67.1 MP', blankPng(8192, 8192), noCard],
  ['67.2 MP', blankPng(8192, 8200), tooLarge],
  ['108 MP, of a phone', grey(12_000, 9000).jpeg({ optimiseCoding: false }).toBuffer(), noCard],
  [
    '108 MP in several scans',
    changed(photo().jpeg({ progressive: true }).toBuffer(), (file) => withSize(file, 12_000, 9000)),
    tooLarge,
  ],
  ['269 MP', changed(table, (file) => withSize(file, 16_500, 16_300)), tooLarge],
  ['4,290 MP', changed(table, (file) => withSize(file, 65_500, 65_500)), tooLarge],
  ['256 MP in 32 kB', blankPng(16_000, 16_000), tooLarge],
  ['4,225 MP by its header', blankPng(65_000, 65_000, 10), tooLarge],
];
