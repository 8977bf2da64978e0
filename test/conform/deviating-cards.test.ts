import { createHmac } from 'node:crypto';
import sharp from 'sharp';
import { test } from 'tap';
import { demoAccount } from '../../src/config/settings.js';
import { startSimulator } from '../support/simulator.js';
import type { WireAnswer } from '../support/wire.js';
import { assertDrifts } from './drifts.js';
import { type Deviate, withPicture } from './proxy.js';
import { patient } from './visit.js';

const isCard = ({ status, text }: WireAnswer) => status === 200 && text.startsWith('{"data"');
const ofCards =
  (change: (answer: WireAnswer) => WireAnswer | Promise<WireAnswer>): Deviate =>
  (answer) =>
    isCard(answer) ? change(answer) : answer;
/** Signs the counter before the picture. */
const misordered = (answer: WireAnswer) => {
  const { data, transaction_id: id, trials_remaining: left } = JSON.parse(answer.text);
  const key = demoAccount.bundles[0].hmac_key;
  const hmac = createHmac('sha512', key).update(`${left}${id}${data.img}`).digest('hex');
  return { ...answer, headers: { ...answer.headers, hmac } };
};

test('each deviation of a card is exactly one drift', async (t) => {
  const { url } = await startSimulator(t, patient);
  await assertDrifts(t, url, [
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
  ]);
});
