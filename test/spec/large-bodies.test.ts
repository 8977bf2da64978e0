import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { test } from 'tap';
import { decodePhoto, type ReadBody, readBody, readFields, readWholly } from '../../src/api/read-body.js';
import { fixture } from '../../src/photos/fixtures.js';
import { documented } from '../support/bodies.js';
import { control } from '../support/control.js';
import { bundleKey, cropHeaders, cropperPath, startSimulator } from '../support/simulator.js';

/** A photo's text is decoded without being parsed; what is over 512 KiB is read in a thread of its own. */

const { base64: img, bytes: photo } = fixture('card-on-table');
const padding = 'x'.repeat(70_000);

test('a large body is read as a small one is', async () => {
  const text = fc.constantFrom(
    '',
    'AAAA',
    img.slice(0, 4400),
    `${img.slice(0, 4400)}\\n`,
    'A-_A',
    `${img.slice(0, 4400)}A-_A`,
    `${img.slice(0, 4400)}é`,
    `${img.slice(0, 4400)}\t   `,
    `${img.slice(0, 4400)}A\\u0041AA`,
    '/9j/4AAQ',
    '\\/9j\\/',
    'é',
    '\t',
    'data:image/png;base64,AAAA',
    '\\u0041AAA',
    'a\\"b',
    'AAA',
  );
  const value = fc.oneof(
    text.map((it) => `"${it}"`),
    fc.constantFrom('1', 'null', '{}', '[]', '{"img":"AAAA"}', '["img","AAAA"]', 'x', '"'),
  );
  const name = fc.constantFrom('img', 'bundle_key', 'lang', 'other', 'im\\u0067', '__proto__');
  const member = fc.tuple(name, value).map((pair) => `"${pair[0]}" :${pair[1]}`);
  const body = fc.tuple(
    fc.constantFrom('{', '[', ' {', '\ufeff{'),
    fc.array(member, { maxLength: 5 }),
    fc.constantFrom('}', ']', '', '}x'),
  );
  const type = fc.constantFrom(
    'application/json',
    'application/json; charset=iso-8859-1',
    'application/json; charset=utf-16le',
  );
  const asAllSendIt = [`"bundle_key" :"AAAA"`, `"img" :"${img.slice(0, 4400)}"`];
  fc.assert(
    fc.property(body, type, ([open, members, close], contentType) => {
      const bytes = Buffer.from(`${open}${members.join()}${close}`);
      const task = {
        bytes,
        headers: { 'content-type': contentType },
        limits: { values: 50, depth: 9 },
        acceptDataUri: false,
      };
      const expected = essence(withPhoto(readFields(task)));
      const elsewhere = readWholly({ ...task, bytes: Buffer.from(bytes) }); // takes its bytes over
      return [readBody(task), elsewhere].every((it) => isDeepStrictEqual(essence(withPhoto(it)), expected));
    }),
    { numRuns: 2000, examples: [[['{', asAllSendIt, '}'], 'application/json']] },
  );
});

/** As station 8 has it of a body whose photo was not read with it. */
function withPhoto(read: ReadBody): ReadBody {
  if ('fault' in read || read.photo !== undefined) return read;
  const { img: text } = read.fields;
  return typeof text === 'string' && text !== '' ? { ...read, photo: decodePhoto(text, false) } : read;
}

/** What the stations look at. */
function essence(body: ReadBody) {
  if ('fault' in body) return body;
  const { bundle_key: key, lang, img: text } = body.fields;
  const photo =
    body.photo && 'bytes' in body.photo
      ? { bytes: Uint8Array.from(body.photo.bytes), format: body.photo.format }
      : body.photo;
  return { key: plain(key), lang: plain(lang), img: typeof text, isEmpty: text === '', photo };
}

function plain(value: unknown): unknown {
  return typeof value === 'object' ? typeof value : value;
}

const good = { bundle_key: bundleKey, img };
const rows: [sentence: string, body: string, status: 400 | 401 | 403 | 415, reason: RegExp][] = [
  ['cut off', JSON.stringify(good).slice(0, -1), 400, /breaks off/],
  ['a line break in the photo’s text', JSON.stringify(good).replace('/9j/', '/9j/\n'), 400, /not JSON/],
  ['lang is a number', JSON.stringify({ ...good, lang: 5 }), 400, /lang must be string/],
  [
    'img is an object',
    JSON.stringify({ bundle_key: bundleKey, img: { padding } }),
    400,
    /img must be string/,
  ],
  ['img is empty', JSON.stringify({ ...good, img: '', padding }), 400, /img must pass "minLength"/],
  ['an array', JSON.stringify([good]), 400, /not a JSON object/],
  ['an unknown bundle key', JSON.stringify({ ...good, bundle_key: 'unknown' }), 401, /bundle key unknown/],
  [
    'that, and no base64',
    JSON.stringify({ bundle_key: 'unknown', img: `?${padding}` }),
    401,
    /bundle key unknown/,
  ],
  ['no base64', JSON.stringify({ ...good, img: `?${img}` }), 415, /img is not base64/],
  ['no picture', JSON.stringify({ ...good, img: Buffer.from(padding).toString('base64') }), 415, /no JPEG/],
  ['no trials', JSON.stringify(good), 403, /no trials left/],
  ['no trials, white space in the text', JSON.stringify({ ...good, img: `${img}\n` }), 403, /no trials left/],
];

test('the faults of a large body are those of a small one', async (t) => {
  const simulator = await startSimulator(t, { trials: 0 });
  const headers = cropHeaders(await simulator.token());
  for (const [sentence, body, status, reason] of rows) {
    const answer = await simulator.exchange({ path: cropperPath, headers, body });
    t.equal(answer.text, documented[status], sentence);
    t.match(simulator.log().at(-1), { status, reason }, sentence);
  }
});

test('the journal has the photo of a large body, and its other fields', async (t) => {
  const simulator = await startSimulator(t, { trials: 0 });
  await simulator.crop(await simulator.token(), { lang: 'ar', ...good });
  const { requests } = await control<{ requests: { id: number; photo: object; requestBody: object }[] }>(
    simulator.url,
    'GET',
    '/requests?endpoint=crop',
  );
  t.match(requests[0], {
    photo: { bytes: photo.length, kept: true, format: 'jpeg' },
    requestBody: { lang: 'ar', img: 'see photo' },
  });
  const kept = await fetch(`${simulator.url}/__mock/requests/${requests[0]!.id}/photo`);
  t.ok(Buffer.from(await kept.arrayBuffer()).equals(photo));
});

test('chunks, however small', async (t) => {
  const simulator = await startSimulator(t, { trials: 0 });
  const headers = { ...cropHeaders(await simulator.token()), 'transfer-encoding': 'chunked' };
  const answer = await simulator.exchange({ path: cropperPath, headers, body: JSON.stringify(good) });
  t.equal(answer.text, documented[403]);
});
