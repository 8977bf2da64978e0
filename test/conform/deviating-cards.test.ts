import sharp from 'sharp';
import { test } from 'tap';
import { startSimulator } from '../support/simulator.js';
import type { WireAnswer } from '../support/wire.js';
import { isCard, misordered } from './deviations.js';
import { assertDrifts } from './drifts.js';
import { type Deviate, withPicture } from './proxy.js';
import { patient } from './visit.js';

const ofCards =
  (change: (answer: WireAnswer) => WireAnswer | Promise<WireAnswer>): Deviate =>
  (answer) =>
    isCard(answer) ? change(answer) : answer;

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
