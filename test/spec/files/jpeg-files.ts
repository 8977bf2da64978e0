import { readFileSync } from 'node:fs';
import { join as path } from 'node:path';
import sharp from 'sharp';
import { packageRoot } from '../../../src/package-root.js';
import {
  adobeRgbProfile,
  exif,
  iccSegment,
  indexOfFrame,
  indexOfScan,
  withSegment,
  withSize,
} from './jpeg-parts.js';
import {
  badHeader,
  changed,
  cut,
  damaged,
  type FileRow,
  first,
  half,
  hole,
  join,
  photo,
  rubbish,
  unread,
  without,
} from './row.js';

/** Made with cjpeg of libjpeg-turbo, as sharp writes none of these: the same photo, 400 × 300. */
const stored = (name: string) => readFileSync(path(packageRoot, 'test/spec/files', name));

const plain = await photo().jpeg({ quality: 85, optimiseCoding: false }).toBuffer();
const progressive = await photo().jpeg({ progressive: true }).toBuffer();
const grey = await photo().grayscale().jpeg().toBuffer();
const inks = await photo().toColourspace('cmyk').jpeg({ quality: 60 }).toBuffer();
const fullColour = await photo().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer();
const thumbnail = await photo().resize(160).jpeg().toBuffer();
const endMarker = Buffer.from([0xff, 0xd9]);

const traits: FileRow[] = [
  ['baseline', plain, 'a card'],
  ['of poor quality', photo().jpeg({ quality: 30 }).toBuffer(), 'a card'],
  ['of the best quality', photo().jpeg({ quality: 100 }).toBuffer(), 'a card'],
  ["with Huffman tables of the picture's own", photo().jpeg({ optimiseCoding: true }).toBuffer(), 'a card'],
  ['progressive', progressive, 'a card'],
  [
    'progressive, full colour resolution',
    photo().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    'a card',
  ],
  ['as mozjpeg writes it', photo().jpeg({ mozjpeg: true }).toBuffer(), 'a card'],
  ['full colour resolution', fullColour, 'a card'],
  ['chroma 4:1:1', stored('chroma-4-1-1.jpg'), 'a card'],
  ['other sampling for each channel', stored('odd-sampling.jpg'), 'a card'],
  ['finer chroma than luma', stored('fine-chroma.jpg'), 'a card'],
  ['RGB inside', stored('rgb.jpg'), 'a card'],
  ['a scan for each channel', stored('scan-a-channel.jpg'), 'a card'],
  ['restart markers', stored('restarts.jpg'), 'a card'],
  ['arithmetic coding', stored('arithmetic.jpg'), 'a card'],
  ['arithmetic coding, progressive', stored('arithmetic-progressive.jpg'), 'a card'],
  ['grey', grey, 'a card'],
  ['grey, progressive', photo().grayscale().jpeg({ progressive: true }).toBuffer(), 'a card'],
  ['CMYK', inks, 'a card'],
  ['CMYK, progressive', photo().toColourspace('cmyk').jpeg({ progressive: true }).toBuffer(), 'a card'],
  ['the profile Display P3', photo().withIccProfile('p3').jpeg().toBuffer(), 'a card'],
  ['the profile sRGB', photo().withIccProfile('srgb').jpeg().toBuffer(), 'a card'],
  ['the profile Adobe RGB', withSegment(plain, 0xe2, iccSegment(adobeRgbProfile())), 'a card'],
  ['a profile that is none', withSegment(plain, 0xe2, iccSegment(Buffer.alloc(200, 7))), 'a card'],
  ['a profile for inks in a picture of lights', photo().withIccProfile('cmyk').jpeg().toBuffer(), 'a card'],
  [
    '12 bits a channel',
    changed(plain, (jpeg) => jpeg.writeUInt8(12, indexOfFrame(jpeg) + 4)),
    unread(/^the JPEG has 12 bits a channel: 8 are read$/),
  ],
  [
    'lossless',
    changed(plain, (jpeg) => jpeg.writeUInt8(0xc3, indexOfFrame(jpeg) + 1)),
    unread(/^the JPEG is lossless, a kind that is not read: send a baseline JPEG$/),
  ],
  [
    'hierarchical',
    changed(plain, (jpeg) => jpeg.writeUInt8(0xc5, indexOfFrame(jpeg) + 1)),
    unread(/^the JPEG is hierarchical/),
  ],
  [
    'sequential, by the extended marker',
    changed(plain, (jpeg) => jpeg.writeUInt8(0xc1, indexOfFrame(jpeg) + 1)),
    'a card',
  ],
  [
    'no pixel in height',
    changed(plain, (jpeg) => withSize(jpeg, 640, 0)),
    unread(/^the header says 640 × 0 pixels: neither may be 0$/),
  ],
  ['no pixel in width', changed(plain, (jpeg) => withSize(jpeg, 0, 480)), unread(/^the header says 0 × 480/)],
  ['more rows than there are', changed(plain, (jpeg) => withSize(jpeg, 640, 960)), damaged],
  ['more columns than there are', changed(plain, (jpeg) => withSize(jpeg, 1280, 480)), damaged],
  [
    'a JFIF segment',
    withSegment(plain, 0xe0, Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\0\0', 'latin1')),
    'a card',
  ],
  [
    'no quantisation table',
    changed(plain, (jpeg) => Buffer.concat([jpeg.subarray(0, 2), jpeg.subarray(4 + jpeg.readUInt16BE(4))])),
    damaged,
  ],
  ['a comment', withSegment(plain, 0xfe, Buffer.from('a comment')), 'a card'],
  ['XMP', withSegment(plain, 0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>')), 'a card'],
  [
    'forty segments of 60 kB',
    changed(plain, (jpeg) =>
      Array.from({ length: 40 }).reduce<Buffer>(
        (all) => withSegment(all, 0xed, Buffer.alloc(60_000, 0xd9)),
        jpeg,
      ),
    ),
    'a card',
  ],
  [
    'a segment that is full of markers',
    withSegment(plain, 0xef, Buffer.from('ffd9ffdaffd8ff00'.repeat(99), 'hex')),
    'a card',
  ],
  [
    'fill bytes before a marker',
    changed(plain, (jpeg) => Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(30, 0xff), jpeg.subarray(2)])),
    'a card',
  ],
  [
    'junk before the scan',
    changed(plain, (jpeg) =>
      Buffer.concat([
        jpeg.subarray(0, indexOfScan(jpeg)),
        Buffer.from([1, 2, 3]),
        jpeg.subarray(indexOfScan(jpeg)),
      ]),
    ),
    'a card',
  ],
  ['a thumbnail', withSegment(plain, 0xe1, exif(1, { thumbnail })), 'a card'],
  [
    'a thumbnail that stands, in a photo that lies',
    withSegment(plain, 0xe1, exif(1, { thumbnail: await sharp(thumbnail).rotate(90).jpeg().toBuffer() })),
    'a card',
  ],
  [
    'a broken thumbnail',
    withSegment(plain, 0xe1, exif(1, { thumbnail: thumbnail.subarray(0, 500) })),
    'a card',
  ],
  [
    'a second picture behind (MPF)',
    join(withSegment(plain, 0xe2, Buffer.from('MPF\0II*\0\x08\0\0\0\0\0', 'latin1')), thumbnail),
    'a card',
  ],
  [
    'a film behind (a motion photo)',
    join(plain, Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), Buffer.alloc(5000, 3)),
    'a card',
  ],
  [
    "a phone maker's records behind",
    join(plain, Buffer.from('SEFH\x6b\0\0\0\0\0\0\0SEFT', 'latin1')),
    'a card',
  ],
  ['rubbish behind', join(plain, rubbish), 'a card'],
  ['a line feed behind', join(plain, Buffer.from('\n')), 'a card'],
  ['zeros behind', join(plain, Buffer.alloc(4096)), 'a card'],
  ['itself behind', join(plain, plain), 'a card'],
];

const orientations: FileRow[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(
    (tag): FileRow => [
      `turned by EXIF, ${tag}`,
      withSegment(plain, 0xe1, exif(tag)),
      tag < 5 ? 'a card' : 'a standing card',
    ],
  ),
  ['EXIF of the other byte order', withSegment(plain, 0xe1, exif(6, { order: 'MM' })), 'a standing card'],
  ['EXIF, 0', withSegment(plain, 0xe1, exif(0)), 'a card'],
  ['EXIF, 9', withSegment(plain, 0xe1, exif(9)), 'a card'],
  ['EXIF, 65535', withSegment(plain, 0xe1, exif(65_535)), 'a card'],
  [
    'EXIF whose directory lies elsewhere',
    withSegment(plain, 0xe1, exif(6, { directoryAt: 60_000 })),
    'a card',
  ],
  ['EXIF that breaks off', withSegment(plain, 0xe1, exif(6).subarray(0, 15)), 'a card'],
  ['EXIF of no byte', withSegment(plain, 0xe1, Buffer.from('Exif\0\0', 'latin1')), 'a card'],
  ['EXIF without its name', withSegment(plain, 0xe1, exif(6).subarray(6)), 'a card'],
  ['EXIF twice', withSegment(withSegment(plain, 0xe1, exif(1)), 0xe1, exif(6)), 'a standing card'],
  ['EXIF in a progressive one', withSegment(progressive, 0xe1, exif(8)), 'a standing card'],
  ['EXIF in a grey one', withSegment(grey, 0xe1, exif(5)), 'a standing card'],
  ['EXIF in inks', withSegment(inks, 0xe1, exif(7)), 'a standing card'],
];

/**
 * How each kind of JPEG breaks. Arithmetic coding may leave out what it likes at its end, so that nobody can tell. What is missing of the last
 * row of blocks that are 8 pixels high, libvips does not hear of: an end marker that somebody put there is believed then.
 */
function brokenWays(
  kind: string,
  jpeg: Buffer,
  { arithmetic = false, scans = 1, flatBlocks = false } = {},
): FileRow[] {
  const whole = arithmetic ? cut : 'a card';
  return [
    [`${kind}, without its end marker`, without(jpeg, 2), whole],
    [`${kind}, with half of its end marker`, without(jpeg, 1), whole],
    [
      `${kind}, without its end marker, with rubbish behind`,
      join(without(jpeg, 2), rubbish),
      scans > 1 ? cut : 'a card',
    ],
    [`${kind}, without its last 40 bytes`, without(jpeg, 40), cut],
    [
      `${kind}, without its last 400 bytes, with an end marker`,
      join(without(jpeg, 400), endMarker),
      arithmetic || flatBlocks ? 'a card' : damaged,
    ],
    [`${kind}, half of it`, half(jpeg), cut],
    [`${kind}, half of it, with rubbish behind`, join(half(jpeg), rubbish), cut],
    ...(arithmetic ? [] : [[`${kind}, a hole in the middle`, hole(jpeg, 0xff), damaged] as const]),
    [`${kind}, up to its scan`, changed(jpeg, (all) => all.subarray(0, indexOfScan(all))), cut],
    [`${kind}, its first 30 bytes`, first(jpeg, 30), cut],
  ];
}

const broken: FileRow[] = [
  ...brokenWays('baseline', plain),
  ...brokenWays('progressive', progressive, { scans: 10 }),
  ...brokenWays('grey', grey),
  ...brokenWays('CMYK', inks, { flatBlocks: true }),
  ...brokenWays('full colour', fullColour, { flatBlocks: true }),
  ...brokenWays('a scan a channel', stored('scan-a-channel.jpg'), { scans: 3 }),
  ...brokenWays('restarts', stored('restarts.jpg')),
  ...brokenWays('arithmetic', stored('arithmetic.jpg'), { arithmetic: true }),
  ['three bytes', first(plain, 3), cut],
  ['progressive, its first scan alone', changed(progressive, (all) => all.subarray(0, nextScan(all))), cut],
  [
    'progressive, its first scan and an end marker',
    join(
      changed(progressive, (all) => all.subarray(0, nextScan(all))),
      endMarker,
    ),
    damaged,
  ],
  [
    'the scan of one channel alone',
    changed(stored('scan-a-channel.jpg'), (all) => all.subarray(0, nextScan(all))),
    cut,
  ],
  [
    'no Huffman table: the usual one, as in films of JPEGs',
    changed(plain, (all) => all.fill(0xfe, all.indexOf('ffc4', 'hex') + 1, all.indexOf('ffc4', 'hex') + 2)),
    'a card',
  ],
  [
    'the marker of a scan spoilt',
    changed(plain, (all) => all.writeUInt8(0, indexOfScan(all) + 1)),
    badHeader,
  ],
];

/** Where the second scan's tables, or itself, begin. */
function nextScan(jpeg: Buffer): number {
  const after = indexOfScan(jpeg) + 2;
  return Math.min(
    ...['ffda', 'ffc4'].map((marker) => jpeg.indexOf(marker, after, 'hex')).filter((at) => at > 0),
  );
}

export const jpegFiles = [...traits, ...orientations, ...broken];
