import sharp from 'sharp';
import { exif } from './jpeg-parts.js';
import { animated, chunksOf, joinedPixels, makePng, split, spoilChecksum, withChunk } from './png-parts.js';
import {
  badChecksum,
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
  without,
} from './row.js';

const fast = { compressionLevel: 2 };
const plain = await photo().png(fast).toBuffer();
const interlaced = await photo()
  .png({ ...fast, progressive: true })
  .toBuffer();
const palette = await photo().png({ palette: true, effort: 1 }).toBuffer();
const end = { type: 'IEND', data: Buffer.alloc(0) };

const traits: FileRow[] = [
  ['PNG', plain, 'a card'],
  ['interlaced', interlaced, 'a card'],
  ['uncompressed', photo().png({ compressionLevel: 0 }).toBuffer(), 'a card'],
  ['16 bits a channel', photo().toColourspace('rgb16').png(fast).toBuffer(), 'a card'],
  [
    '16 bits, interlaced',
    photo()
      .toColourspace('rgb16')
      .png({ ...fast, progressive: true })
      .toBuffer(),
    'a card',
  ],
  ['grey', photo().grayscale().png(fast).toBuffer(), 'a card'],
  ['grey, 16 bits', photo().toColourspace('grey16').png(fast).toBuffer(), 'a card'],
  ['grey with alpha', photo().grayscale().ensureAlpha().png(fast).toBuffer(), 'a card'],
  ['a palette', palette, 'a card'],
  [
    'a palette, interlaced',
    photo().png({ palette: true, effort: 1, progressive: true }).toBuffer(),
    'a card',
  ],
  ['a palette of 16 colours', photo().png({ palette: true, effort: 1, colours: 16 }).toBuffer(), 'a card'],
  [
    'black and white, one bit',
    photo().grayscale().threshold(140).png({ palette: true, colours: 2 }).toBuffer(),
    'a card',
  ],
  ['alpha', photo().ensureAlpha(0.9).png(fast).toBuffer(), 'a card'],
  ['16 bits with alpha', photo().ensureAlpha(0.9).toColourspace('rgb16').png(fast).toBuffer(), 'a card'],
  ['the profile Display P3', photo().withIccProfile('p3').png(fast).toBuffer(), 'a card'],
  ['a gamma', withChunk(plain, 'gAMA', Buffer.from([0, 0, 0xb1, 0x8f])), 'a card'],
  ['text', withChunk(plain, 'tEXt', Buffer.from('Comment\0a comment')), 'a card'],
  ['a chunk of somebody else', withChunk(plain, 'prIv', Buffer.alloc(99)), 'a card'],
  ['an animation', animated(plain), 'a card'],
  ['chunks of 100 bytes', split(plain, 100), 'a card'],
  ['one chunk', split(plain, 1e9), 'a card'],
  ['rubbish behind', join(plain, rubbish), 'a card'],
  ['another PNG behind', join(plain, palette), 'a card'],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(
    (tag): FileRow => [
      `turned by EXIF, ${tag}`,
      withChunk(plain, 'eXIf', exif(tag).subarray(6)),
      tag < 5 ? 'a card' : 'a standing card',
    ],
  ),
];

/** How each kind of PNG breaks. */
const brokenWays = (kind: string, png: Buffer): FileRow[] => [
  [`${kind}, without its end chunk`, without(png, 12), 'a card'],
  [`${kind}, with half of its end chunk`, without(png, 6), 'a card'],
  [`${kind}, without the last checksum of its pixels`, without(png, 16), 'a card'],
  [`${kind}, without its last 60 bytes`, without(png, 60), cut],
  [`${kind}, half of it`, half(png), cut],
  [`${kind}, half of it, with rubbish behind`, join(half(png), rubbish), cut],
  [`${kind}, a hole in the middle`, hole(png, 0), badChecksum('IDAT')],
  [`${kind}, a hole with the right checksum`, rechecked(hole(png, 0xff)), damaged],
  [`${kind}, its first 30 bytes`, first(png, 30), cut],
  [
    `${kind}, up to its pixels`,
    changed(png, (all) => all.subarray(0, all.indexOf('IDAT', 0, 'latin1') - 4)),
    cut,
  ],
];

const rechecked = (png: Promise<Buffer>) => png.then((bytes) => makePng(chunksOf(bytes)));

const broken: FileRow[] = [
  ...brokenWays('PNG', plain),
  ...brokenWays('interlaced', interlaced),
  ...brokenWays('palette', palette),
  ['a bad checksum of the header', changed(plain, (png) => spoilChecksum(png, 'IHDR')), badChecksum('IHDR')],
  [
    'a bad checksum of the palette',
    changed(palette, (png) => spoilChecksum(png, 'PLTE')),
    badChecksum('PLTE'),
  ],
  ['a bad checksum of the pixels', changed(plain, (png) => spoilChecksum(png, 'IDAT')), badChecksum('IDAT')],
  [
    'a bad checksum of the pixels, in the last of many chunks',
    changed(split(plain, 9000), (png) => png.fill(0, png.length - 30, png.length - 26)),
    badChecksum('IDAT'),
  ],
  [
    'a bad checksum of a text',
    changed(withChunk(plain, 'tEXt', Buffer.from('Comment\0x')), (png) => spoilChecksum(png, 'tEXt')),
    'a card',
  ],
  ['a bad checksum of the end', changed(plain, (png) => spoilChecksum(png, 'IEND')), 'a card'],
  [
    'no palette where one is due',
    makePng(chunksOf(palette).filter(({ type }) => type !== 'PLTE')),
    badHeader,
  ],
  ['no pixels', makePng([chunksOf(plain)[0]!, end]), badHeader],
  ['more rows than there are', makePng(chunksOf(plain).map(taller)), damaged],
  [
    'a header of nonsense',
    makePng([{ type: 'IHDR', data: Buffer.alloc(13, 200) }, ...chunksOf(plain).slice(1)]),
    badHeader,
  ],
  [
    'pixels that are not compressed',
    makePng([chunksOf(plain)[0]!, { type: 'IDAT', data: joinedPixels(plain).fill(0x41) }, end]),
    damaged,
  ],
  ['the signature', first(plain, 8), cut],
  ['the signature, and a JPEG', join(first(plain, 8), sharp(plain).jpeg().toBuffer()), cut],
];

function taller(chunk: ReturnType<typeof chunksOf>[number]) {
  if (chunk.type !== 'IHDR') return chunk;
  const data = Buffer.from(chunk.data);
  data.writeUInt32BE(data.readUInt32BE(4) * 2, 4);
  return { ...chunk, data };
}

export const pngFiles = [...traits, ...broken];
