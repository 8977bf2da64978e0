import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { type FixtureName, fixture } from '../../src/photos/fixtures.js';
import { createRandom, type Random } from '../../src/random.js';

/** A photo file that somebody has damaged, or made on purpose. */
export interface Mutant {
  /** What was done to which file, for a report. */
  readonly name: string;
  readonly bytes: Buffer;
}

interface Original {
  readonly name: string;
  readonly bytes: Buffer;
}

/** All ways to write a photo that have a reader of their own; small ones, so that the readers get most of the time. */
const shipped: readonly FixtureName[] = ['exif-orientation-6', 'webp', 'too-small', 'truncated'];

export async function drawOriginals(): Promise<readonly Original[]> {
  const photo = Buffer.from(fixture('card-on-table').bytes);
  const at = (width: number) => sharp(photo).resize({ width });
  const written: Readonly<Record<string, Sharp>> = {
    'baseline JPEG': at(400).jpeg(),
    'JPEG with restarts of 4:4:4': at(300).jpeg({ chromaSubsampling: '4:4:4', optimizeCoding: true }),
    'progressive JPEG': at(400).jpeg({ progressive: true }),
    'grey JPEG': at(300).greyscale().jpeg(),
    'CMYK JPEG': at(240).toColourspace('cmyk').jpeg(),
    'JPEG with a profile': at(300).withIccProfile('p3').jpeg(),
    PNG: at(240).png(),
    'interlaced PNG': at(240).png({ progressive: true }),
    'palette PNG': at(240).png({ palette: true }),
    'PNG of 16 bits': at(160).toColourspace('rgb16').png(),
    'lossy WebP': at(300).webp(),
    'lossless WebP': at(200).webp({ lossless: true }),
    'WebP with alpha': at(200).ensureAlpha(0.5).webp(),
  };
  const drawn = await Promise.all(
    Object.entries(written).map(async ([name, image]) => ({ name, bytes: await image.toBuffer() })),
  );
  return [...shipped.map((name) => ({ name, bytes: Buffer.from(fixture(name).bytes) })), ...drawn];
}

type Mutation = (bytes: Buffer, random: Random, originals: readonly Original[]) => Buffer;

/** Headers are where a byte decides most: half of all places lie in the first kilobyte. */
const place = (bytes: Buffer, random: Random) =>
  random.int(0, Math.max(0, Math.min(bytes.length, random.chance(0.5) ? 1024 : bytes.length) - 1));

/** Sizes, counts and offsets that are one too many, negative, or as large as they can be. */
const edges = [
  0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
];

const mutations: Readonly<Record<string, Mutation>> = {
  'bits flipped': (bytes, random) => {
    for (let hits = random.int(1, 12); hits > 0 && bytes.length > 0; hits--)
      bytes[place(bytes, random)]! ^= 1 << random.int(0, 7);
    return bytes;
  },
  'bytes overwritten': (bytes, random) => {
    const at = place(bytes, random);
    return bytes.fill(random.int(0, 255), at, Math.min(bytes.length, at + random.int(1, 64)));
  },
  'a number at its edge': (bytes, random) => {
    const width = random.pick([1, 2, 4]);
    const at = place(bytes, random);
    if (at + width > bytes.length) return bytes;
    const value = random.pick(edges) % 2 ** (8 * width);
    if (random.chance(0.5)) bytes.writeUIntBE(value, at, width);
    else bytes.writeUIntLE(value, at, width);
    return bytes;
  },
  'cut off': (bytes, random) => bytes.subarray(0, place(bytes, random) + 4),
  'a part left out': (bytes, random) => {
    const at = place(bytes, random);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.int(1, 200))]);
  },
  'a part repeated': (bytes, random) => {
    const at = place(bytes, random);
    const part = bytes.subarray(at, at + random.int(1, 400));
    return Buffer.concat([bytes.subarray(0, at), ...Array(random.int(2, 40)).fill(part), bytes.subarray(at)]);
  },
  'the head of another': (bytes, random, originals) => {
    const other = random.pick(originals).bytes;
    const at = place(bytes, random);
    return Buffer.concat([other.subarray(0, at), bytes.subarray(at)]);
  },
  'another behind it': (bytes, random, originals) => {
    const other = random.pick(originals).bytes;
    return Buffer.concat([bytes.subarray(0, place(bytes, random) + 4), other.subarray(place(other, random))]);
  },
};

/** The `index`-th mutant of a seed: one to three mutations, and in half of the PNGs checksums that fit again, so that somebody reads on. */
export function mutate(originals: readonly Original[], seed: string, index: number): Mutant {
  const random = createRandom(`mutant/${seed}/${index}`);
  const { name, bytes } = random.pick(originals);
  const names = Array.from({ length: random.int(1, 3) }, () => random.pick(Object.keys(mutations)));
  let mutant: Buffer = Buffer.from(bytes);
  for (const each of names) mutant = Buffer.from(mutations[each]!(mutant, random, originals));
  const mends = mutant.toString('latin1', 1, 4) === 'PNG' && random.chance(0.5);
  if (mends) mendChecksums(mutant);
  return { name: `${name}, ${names.join(', ')}${mends ? ', checksums mended' : ''}`, bytes: mutant };
}

function mendChecksums(png: Buffer): void {
  for (let at = 8; at + 12 <= png.length; ) {
    const end = at + 8 + png.readUInt32BE(at);
    if (end + 4 > png.length) return;
    png.writeUInt32BE(crc32(png.subarray(at + 4, end)), end);
    at = end + 4;
  }
}
