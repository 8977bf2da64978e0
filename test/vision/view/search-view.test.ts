import t from 'tap';
import type { Quad } from '../../../src/vision/types.js';
import { OpponentImage } from '../../../src/vision/view/opponent-image.js';
import { SearchView } from '../../../src/vision/view/search-view.js';
import { cornerDistance, drawPicture } from '../flat-picture.js';

const card: Quad = [
  [40, 30],
  [200, 35],
  [195, 140],
  [38, 132],
];
const image = drawPicture(240, 180, 60, [card, 200]);

t.test('quads go to the pixels of the view and back', async (t) => {
  const view = new SearchView(new OpponentImage(image, 120), 'search');
  t.equal(view.image, image);
  t.same(view.toView(card)[0], [19.75, 14.75], 'pixel centres lie at integers in both');
  t.ok(cornerDistance(view.toImage(view.toView(card)), card) < 1e-9);
});

t.test('a step has to stand out against the noise, within limits', async (t) => {
  const calm = new SearchView(new OpponentImage(image, 240), 'glance');
  t.match(calm, { noise: 0, edgeStep: 3 });
  const data = image.data.map((value, i) => value ^ ((i * 2654435761) >>> 26));
  const noisy = new SearchView(new OpponentImage({ ...image, data }, 240), 'search');
  t.ok(noisy.noise > 3);
  t.equal(noisy.edgeStep, Math.min(28, 2.5 * noisy.noise));
});
