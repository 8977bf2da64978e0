import t from 'tap';
import { lookAt } from '../../../src/vision/detect/detect.js';
import { mapQuad, scaleQuad } from '../../../src/vision/geometry/plane.js';
import { evaluateTrees, parseTrees } from '../../../src/vision/score/boosted-trees.js';
import {
  closeNames,
  type FeatureName,
  featureNames,
  lookOutside,
  noteVerdict,
  QuadMeter,
} from '../../../src/vision/score/features.js';
import type { Quad } from '../../../src/vision/types.js';
import { drawPhoto, photographCard } from '../drawing.js';
import { drawPicture } from '../flat-picture.js';

const truth = photographCard(600, 450);
const scorer = lookAt(drawPhoto(600, 450, truth));
const { view, maps, closer } = scorer;

function measure(quad: Quad): Float64Array {
  return new QuadMeter(view, maps, closer).measure(view.toView(quad));
}

function feature(quad: Quad, name: FeatureName): number {
  return measure(quad)[featureNames.indexOf(name)]!;
}

const inner = mapQuad(truth, ([x, y]) => [300 + (x - 300) * 0.8, 225 + (y - 225) * 0.8]);

t.test('features say what they are named after', async (t) => {
  t.equal(measure(truth).length, featureNames.length + closeNames.length);
  const verdict = { right: 1, onDocument: 2, offMean: 3, offWorst: 4 };
  const closely = noteVerdict(lookOutside(measure(truth), view, view.toView(truth)), verdict);
  const close = [...closely.slice(-closeNames.length)];
  t.same(close, [1, 2, 3, 4, 0, 0, 0], 'nothing runs around the card');
  t.ok(measure(truth).every(Number.isFinite));
  t.ok(feature(truth, 'edgeWorst') > 0.9);
  t.ok(feature(inner, 'edgeWorst') < 0.7);
  t.ok(feature(truth, 'id1Misfit') < 0.02, 'the proportion is recovered from the perspective');
  t.ok(feature(truth, 'outOfFrame') === 0);
  t.ok(
    feature(
      mapQuad(truth, ([x, y]) => [x + 300, y]),
      'outOfFrame',
    ) > 0.5,
  );
  t.ok(feature(scaleQuad(truth, 0.5), 'area') < feature(truth, 'area'));
});

t.test('the card outscores what is inside it and what is beside it', async (t) => {
  const aside = mapQuad(truth, ([x, y]) => [x + 25, y + 12]);
  // the ranking only has to put things in order, the rating is a probability
  const scores: readonly [string, (quad: Quad) => number, number][] = [
    ['ranking', (quad) => scorer.rank(view.toView(quad)), 0.2],
    ['rating', (quad) => scorer.rate(view.toView(quad)), 0.5],
  ];
  for (const [name, score, least] of scores) {
    const card = score(truth);
    t.ok(card > 0.8, `${name}: ${card}`);
    for (const wrong of [inner, aside]) t.ok(card - score(wrong) > least, `${name}: ${score(wrong)}`);
  }
  const empty = lookAt(drawPicture(600, 450, 120));
  t.ok(empty.rate(empty.view.toView(truth)) < 0.1, 'an empty table');
});

t.test('one meter measures many quads, each as if it were the first', async (t) => {
  const meter = new QuadMeter(view, maps, closer);
  const first = meter.measure(view.toView(inner));
  t.same(meter.measure(view.toView(truth)), measure(truth));
  t.same(meter.measure(view.toView(inner)), first);
});

t.test('what is measured of the worst side is there to be asked for', async (t) => {
  t.equal(scorer.dominance(view.toView(truth)), feature(truth, 'dominanceWorst'));
});

t.test('trees are read from text', async (t) => {
  const trees = parseTrees({
    depth: 2,
    base: 0.5,
    columns: '0 1 0\n1 0 0',
    thresholds: '1 5 3 2 0 0',
    leaves: '1 2 3 4\n10 20 30 40',
  });
  t.equal(evaluateTrees(trees, Float64Array.of(0, 0)), 0.5 + 1 + 10);
  t.equal(evaluateTrees(trees, Float64Array.of(2, 6)), 0.5 + 3 + 40);
});
