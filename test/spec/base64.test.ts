import fc from 'fast-check';
import { test } from 'tap';
import { decodeBase64, decodeBytes, decodeInPlace } from '../../src/api/base64.js';
import { documented } from '../support/bodies.js';
import { base64, blankJpeg } from '../support/photos.js';
import { bundleKey, startSimulator } from '../support/simulator.js';

/** RFC 4648, section 4, with its padding; white space between. */
const standard = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

test('decodeBase64 takes what the grammar takes, and nothing else', async (t) => {
  const alphabet = fc.constantFrom(...'ABab01+/=-_ \n.é\u0000ſ'.split(''));
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 24 }), (text) => {
      const stripped = text.replace(/[ \t\r\n\f]/g, '');
      const expected = standard.test(stripped) ? Buffer.from(stripped, 'base64') : undefined;
      const decoded = decodeBase64(text);
      return expected === undefined ? decoded === undefined : (decoded?.equals(expected) ?? false);
    }),
    { numRuns: 5_000 },
  );
  t.pass('5,000 texts');
});

test('decodeBase64 gives back any bytes, however they are wrapped', async (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
      const lines = Buffer.from(bytes)
        .toString('base64')
        .replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
      return decodeBase64(lines)?.equals(Buffer.from(bytes)) ?? false;
    }),
  );
  t.pass();
});

test('decodeBytes and decodeInPlace are decodeBase64 for a text without white space, however long it is', async (t) => {
  const slip = fc.record({ at: fc.nat(100_000), character: fc.constantFrom(...'=-_A+ \n.\u0000'.split('')) });
  const near = fc.nat(3).map((off) => ({ at: 32 * 1024 - 2 + off, character: '=' }));
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60_000 }),
      fc.array(fc.oneof(slip, near), { maxLength: 2 }),
      (length, slips) => {
        const text = Buffer.alloc(length, 'card').toString('base64').split('');
        for (const { at, character } of slips) if (at < text.length) text[at] = character;
        const body = Buffer.from(`{"img":"${text.join('')}"}`);
        const decoded = decodeBytes(body, 8, body.length - 2, Buffer.allocUnsafeSlow);
        const isSpaced = /[ \n]/.test(text.join(''));
        const expected = isSpaced ? undefined : decodeBase64(text.join(''));
        const isRight = (it: Buffer | undefined) =>
          expected === undefined ? it === undefined : (it?.equals(expected) ?? false);
        const copy = Buffer.from(body);
        const inPlace = decodeInPlace(copy, 8, body.length - 2);
        return isRight(decoded) && isRight(inPlace) && (inPlace !== undefined || copy.equals(body));
      },
    ),
    { numRuns: 400 },
  );
  t.pass('400 texts');
});

test('station 8: what img may hold', async (t) => {
  const simulator = await startSimulator(t, { trials: 100 });
  const token = await simulator.token();
  const photo = await blankJpeg();
  const rows: [sentence: string, img: string, status: 415 | 422, reason?: RegExp | string][] = [
    ['a JPEG', base64(photo), 422],
    ['a JPEG in lines of 76', base64(photo).replace(/.{76}/g, '$&\n'), 422],
    [
      'a data URI',
      `data:image/jpeg;base64,${base64(photo)}`,
      415,
      'img has a data: prefix (see the setting accept-data-uri)',
    ],
    [
      'the URL-safe alphabet',
      base64(Buffer.from([0xff, 0xff, 0xff])).replaceAll('/', '_'),
      415,
      'img is not base64',
    ],
    ['no padding', base64(Buffer.from('a')).slice(0, 2), 415, 'img is not base64'],
    ['padding in the middle', `QQ==${base64(photo)}`, 415, 'img is not base64'],
    ['words', 'not base64 at all', 415, 'img is not base64'],
    ['white space alone', ' \n ', 415, 'img is no JPEG, PNG or WebP'],
    [
      'base64 of base64',
      base64(Buffer.from(base64(photo))),
      415,
      /^img is base64 once more, .* encode it once$/,
    ],
    [
      'a GIF',
      base64(Buffer.from('GIF89a\x01\x00\x01\x00')),
      415,
      /^img is GIF, which is not read: send a JPEG/,
    ],
    ['a PDF', base64(Buffer.from('%PDF-1.7\n')), 415, /^img is PDF, which is not read: /],
    [
      'an SVG',
      base64(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
      415,
      /^img is SVG, which is not read: send a JPEG/,
    ],
    ['a HEIC', base64(Buffer.from('\0\0\0\x18ftypheic')), 415, /^img is HEIC .* convert it to JPEG/],
    ['two bytes of a JPEG', base64(photo.subarray(0, 2)), 415, 'img is no JPEG, PNG or WebP'],
    ['a RIFF that is no WebP', base64(Buffer.from('RIFF\x24\0\0\0WAVE')), 415, 'img is no JPEG, PNG or WebP'],
    ['three bytes of a JPEG', base64(photo.subarray(0, 3)), 422],
    ['the head of a PNG', base64(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')), 422],
    ['the head of a WebP', base64(Buffer.from('RIFF\x04\0\0\0WEBP')), 422],
  ];
  for (const [sentence, img, status, reason] of rows) {
    const answer = await simulator.crop(token, { bundle_key: bundleKey, img });
    t.equal(answer.status, status, sentence);
    if (status === 415) t.equal(answer.text, documented[415]);
    if (reason !== undefined) t.match(simulator.log().at(-1)?.reason, reason);
  }
});

test('the setting accept-data-uri strips the prefix that many clients leave on', async (t) => {
  const simulator = await startSimulator(t, { acceptDataUri: true });
  const img = `data:image/jpeg;base64,${base64(await blankJpeg())}`;
  t.equal((await simulator.crop(await simulator.token(), { bundle_key: bundleKey, img })).status, 422);
});
