import sharp from 'sharp';
import { test } from 'tap';
import { blankPng } from '../../scripts/blank-png.js';
import { type FixtureName, fixture } from '../../src/photos/fixtures.js';
import { documented } from '../support/bodies.js';
import { base64 } from '../support/photos.js';
import { bundleKey, startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';

const table = fixture('card-on-table').bytes;
const photo = () => sharp(table).resize(640);
const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#999' } })
    .png()
    .toBuffer();

/** The size in the frame header (SOF0) of a JPEG: two bytes of height, two of width. */
function declareSize(width: number, height: number): Buffer {
  const bytes = Buffer.from(table);
  const frame = bytes.indexOf('ffc0', 'hex');
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}

function damage(name: FixtureName, at: number, length: number): Buffer {
  const bytes = Buffer.from(fixture(name).bytes);
  return bytes.fill(0xff, at, at + length);
}

type Picture = Buffer | Promise<Buffer>;
type Expected =
  | 'a card'
  | 'no picture'
  | 'CARD_NOT_FOUND'
  | `IMAGE_${'UNREADABLE' | 'TOO_SMALL' | 'TOO_LARGE'}`;

const pictures: [sentence: string, picture: Picture, expected: Expected][] = [
  ['the fixture without a card', fixture('no-card').bytes, 'CARD_NOT_FOUND'],
  ['the truncated fixture', fixture('truncated').bytes, 'IMAGE_UNREADABLE'],
  ['the fixture that is too small', fixture('too-small').bytes, 'IMAGE_TOO_SMALL'],
  ['the fixture that is too large', fixture('too-large').bytes, 'IMAGE_TOO_LARGE'],

  ['one pixel', grey(1, 1), 'IMAGE_TOO_SMALL'],
  ['a line of one pixel in width', grey(1, 5000), 'IMAGE_TOO_SMALL'],
  ['one pixel too narrow', grey(63, 500), 'IMAGE_TOO_SMALL'],
  ['just wide enough', grey(64, 64), 'CARD_NOT_FOUND'],
  ['a bomb: 256 MP in 32 kB', blankPng(16_000, 16_000), 'IMAGE_TOO_LARGE'],
  ['just at the limit, and black', blankPng(8192, 8192), 'CARD_NOT_FOUND'],
  ['a row over the limit', blankPng(8192, 8193), 'IMAGE_TOO_LARGE'],

  ['a JPEG that claims 4,290 MP', declareSize(65_500, 65_500), 'IMAGE_TOO_LARGE'],
  ['a JPEG that claims 49 MP and has 1.2', declareSize(7000, 7000), 'IMAGE_UNREADABLE'],
  ['a JPEG that claims no pixel', declareSize(0, 0), 'IMAGE_UNREADABLE'],
  ['a JPEG without its last byte, which is no pixel', table.subarray(0, -1), 'a card'],
  ['a JPEG without its last pixels', table.subarray(0, -40), 'IMAGE_UNREADABLE'],
  ['a JPEG of four bytes', table.subarray(0, 4), 'IMAGE_UNREADABLE'],
  ['a JPEG damaged in the middle', damage('card-on-table', 60_000, 50), 'IMAGE_UNREADABLE'],
  ['a PNG cut in two', fixture('png').bytes.subarray(0, 60_000), 'IMAGE_UNREADABLE'],
  ['a PNG of eight bytes', fixture('png').bytes.subarray(0, 8), 'IMAGE_UNREADABLE'],
  ['a PNG whose checksum is wrong', damage('png', 80_000, 1), 'IMAGE_UNREADABLE'],
  ['a WebP cut in two', fixture('webp').bytes.subarray(0, 20_000), 'IMAGE_UNREADABLE'],

  ['CMYK', photo().toColourspace('cmyk').jpeg().toBuffer(), 'a card'],
  ['progressive, without colour', photo().grayscale().jpeg({ progressive: true }).toBuffer(), 'a card'],
  ['16 bits a channel', photo().toColourspace('rgb16').png().toBuffer(), 'a card'],
  ['a palette', photo().png({ palette: true, effort: 1 }).toBuffer(), 'a card'],
  ['an alpha channel', photo().ensureAlpha(0.9).png({ compressionLevel: 1 }).toBuffer(), 'a card'],
  ['garbage after the end', Buffer.concat([table, Buffer.from('garbage'.repeat(99))]), 'a card'],

  ['GIF', photo().resize(100).gif().toBuffer(), 'no picture'],
  ['TIFF', photo().resize(100).tiff().toBuffer(), 'no picture'],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'), 'no picture'],
  ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'no picture'],
  ['PDF', Buffer.from('%PDF-1.7\n'), 'no picture'],
  ['BMP', Buffer.from('424d3a00000000000000', 'hex'), 'no picture'],
  ['text', Buffer.from('hello'), 'no picture'],
  ['zeros', Buffer.alloc(1000), 'no picture'],
];

test('odd pictures: the status, the rule in the log, and a trial spent just where one is due', async (t) => {
  const simulator = await startSimulator(t, { trials: pictures.length });
  const token = await simulator.token();
  let remaining = pictures.length;
  for (const [sentence, picture, expected] of pictures) {
    const before = simulator.log().length;
    const { status, text } = await simulator.crop(token, {
      bundle_key: bundleKey,
      img: base64(await picture),
    });
    await until('its log line', () => simulator.log().length > before);
    const line = simulator.log().at(-1);
    if (expected === 'no picture') {
      t.same([status, text], [415, documented[415]], sentence);
      t.match(line, {
        rule: 'UNSUPPORTED_MEDIA_TYPE',
        reason: /^img is (no JPEG, PNG or WebP|.+, which is not read: .+)$/,
      });
    } else {
      remaining -= 1;
      t.same([status, line?.rule], expected === 'a card' ? [200, undefined] : [422, expected], sentence);
      t.equal(JSON.parse(text).trials_remaining, String(remaining));
    }
  }
  t.equal((await simulator.exchange({ method: 'GET', path: '/livez' })).status, 200);
});
