import sharp from 'sharp';
import { test } from 'tap';
import type { FixtureName } from '../../src/photos/fixtures.js';
import { isCard, misordered, ofText, redirected, spendOn400 } from '../conform/deviations.js';
import { type Deviate, withPicture } from '../conform/proxy.js';
import type { WireAnswer } from '../support/wire.js';
import { startRecorder, work } from './recorder.js';

type Row = readonly [
  sentence: string,
  photos: readonly FixtureName[],
  deviate: (url: string) => Deviate,
  counted: Readonly<Record<string, number>>,
];
const ofCards =
  (change: (answer: WireAnswer) => WireAnswer | Promise<WireAnswer>) => () => (answer: WireAnswer) =>
    isCard(answer) ? change(answer) : answer;
const always = (deviate: Deviate) => () => deviate;

/** What is counted after a day's work with a service that deviates in one thing. */
const deviations: readonly Row[] = [
  ['a hyphen for the dash', [], always(ofText((text) => text.replaceAll('–', '-'))), { 'error-dash': 4 }],
  [
    '`detail` for `message`',
    [],
    always(ofText((text) => text.replace('{"message"', '{"detail"'))),
    { 'error-key': 7 },
  ],
  [
    'an integer for a string',
    ['card-on-table'],
    always(ofText((text) => text.replace(/("trials_remaining":)"(\d+)"/, '$1$2'))),
    { 'trials-type': 1 },
  ],
  ['301 on a missing slash', [], always(redirected), { 'path-slash': 6 }],
  ['a trial spent by a 400', ['card-on-table', 'too-small'], spendOn400, { 'trials-400': 1 }],
  [
    'two keys for four',
    ['too-small'],
    always(ofText((text) => text.replace(/("error_code":\d+),.*}/, '$1}'))),
    { 'error-422-keys': 1 },
  ],
  [
    '401 for 403, where the request has no token',
    [],
    always((answer) => (answer.status === 403 ? { ...answer, status: 401 } : answer)),
    { 'error-403': 1 },
  ],
  [
    'a JPEG for a PNG',
    ['png'],
    ofCards((answer) => withPicture(answer, (picture) => sharp(picture).jpeg().toBuffer())),
    { 'output-format': 1 },
  ],
  [
    'a crop turned by 180°',
    ['card-on-table'],
    ofCards((answer) => withPicture(answer, (picture) => sharp(picture).rotate(180).toBuffer())),
    { 'crop-upright': 1 },
  ],
  ['hmac over the wrong order', ['card-on-table'], ofCards(misordered), { hmac: 1 }],
];

test('each deviation is counted in its own row', async (t) => {
  t.setTimeout(110_000); // eight photos, each cropped twice
  const recorder = await startRecorder(t);
  for (const [sentence, photos, deviate, expected] of deviations) {
    await recorder.deviate(deviate(recorder.service.url));
    await work(recorder, photos);
    const { rows } = await recorder.drift();
    t.same(Object.fromEntries(rows.map(({ row, count }) => [row, count])), expected, sentence);
  }
});
