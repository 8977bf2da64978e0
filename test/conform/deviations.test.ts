import { createHmac } from 'node:crypto';
import sharp from 'sharp';
import { test } from 'tap';
import { demoAccount } from '../../src/config/settings.js';
import { unreadableJpeg } from '../support/photos.js';
import { bundleKey, cropperPath, startSimulator } from '../support/simulator.js';
import { send, type WireAnswer } from '../support/wire.js';
import { type Deviate, startProxy, withPicture } from './proxy.js';
import { drifts, patient, visit } from './visit.js';

const isCard = ({ status, text }: WireAnswer) => status === 200 && text.startsWith('{"data"');
const ofCards =
  (change: (answer: WireAnswer) => WireAnswer | Promise<WireAnswer>): Deviate =>
  (answer) =>
    isCard(answer) ? change(answer) : answer;
const inText =
  (change: (text: string) => string): Deviate =>
  (answer) => ({ ...answer, text: change(answer.text) });

/** Signs the counter before the picture. */
const misordered = (answer: WireAnswer) => {
  const { data, transaction_id: id, trials_remaining: left } = JSON.parse(answer.text);
  const key = demoAccount.bundles[0].hmac_key;
  const hmac = createHmac('sha512', key).update(`${left}${id}${data.img}`).digest('hex');
  return { ...answer, headers: { ...answer.headers, hmac } };
};

const redirected: Deviate = (answer, { path }) =>
  /^\/api\/v1\/id_cropper(\/|_)register$/.test(path)
    ? { status: 301, headers: { location: `${path}/` }, text: '' }
    : answer;

/** A call that is refused with 400 spends a trial all the same. */
const spendOn400 =
  (upstream: string): Deviate =>
  async (answer, { path, headers }) => {
    const { authorization } = headers;
    if (answer.status === 400 && authorization !== undefined && path.startsWith(cropperPath)) {
      const body = JSON.stringify({ bundle_key: bundleKey, img: unreadableJpeg });
      await send(upstream, { path, headers: { 'content-type': 'application/json', authorization }, body });
    }
    return answer;
  };

test('each deviation is exactly one drift', async (t) => {
  t.setTimeout(100_000); // eleven visits, each with eight photos
  const { url } = await startSimulator(t, patient);
  const rows: [sentence: string, deviate: Deviate, expected: object][] = [
    ['none', (answer) => answer, {}],
    ['a hyphen for the dash', inText((text) => text.replaceAll('–', '-')), { 'error-dash': ['-', '-', '-'] }],
    [
      '`detail` for `message`',
      inText((text) => text.replace('{"message"', '{"detail"')),
      { 'error-key': ['detail'] },
    ],
    [
      'an integer for a string',
      inText((text) => text.replace(/("trials_remaining":)"(\d+)"/, '$1$2')),
      { 'trials-type': 'integer' },
    ],
    ['301 on a missing slash', redirected, { 'path-slash': ['path-headline: 301', 'path-sample: 301'] }],
    ['a trial spent by a 400', spendOn400(url), { 'trials-400': 'spent' }],
    [
      'two keys for four',
      inText((text) => text.replace(/("error_code":\d+),.*}/, '$1}')),
      { 'error-422-keys': 'short' },
    ],
    [
      'a JPEG for a PNG',
      ofCards((answer) => withPicture(answer, (picture) => sharp(picture).jpeg().toBuffer())),
      { 'output-format': { jpeg: 'jpeg', png: 'jpeg' } },
    ],
    [
      'a crop turned by 180°',
      ofCards((answer) => withPicture(answer, (picture) => sharp(picture).rotate(180).toBuffer())),
      { 'crop-upright': ['card', 'png', 'turned', 'endless'] },
    ],
    ['hmac over the wrong order', ofCards(misordered), { hmac: 'wrong' }],
    [
      '401 for 403',
      (answer) => (answer.status === 403 ? { ...answer, status: 401 } : answer),
      { 'error-403': { status: 401, message: 'Forbidden - specified access_token could not be found' } },
    ],
  ];
  for (const [sentence, deviate, expected] of rows) {
    const report = await visit(await startProxy(t, url, deviate));
    t.equal(report.stopped, null, `${sentence}: to the end`);
    t.same(drifts(report), expected, sentence);
    t.ok(report.made.calls <= report.announced.calls);
  }
});

test('four keys where the profile has two', async (t) => {
  const { url } = await startSimulator(t, patient);
  t.same(drifts(await visit(url, { unprocessableBody: 'short' })), { 'error-422-keys': 'full' });
});
