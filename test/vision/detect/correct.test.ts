import t from 'tap';
import { renderScene } from '../../../src/scene/index.js';
import { correctBest } from '../../../src/vision/detect/correct.js';
import { findCard, lookAt } from '../../../src/vision/detect/detect.js';
import { rate } from '../../../src/vision/detect/shortlist.js';
import { mapQuad } from '../../../src/vision/geometry/plane.js';
import { intersectionOverUnion } from '../../../src/vision/geometry/polygon.js';
import { Scorer } from '../../../src/vision/score/score.js';
import { correctTuning } from '../../../src/vision/tuning.js';

/** A photocopy of a card, without a border. */
const { image, card } = renderScene({
  seed: 1913644612,
  level: 'easy',
  design: 'copied-card',
  longSide: 900,
});
const truth = card!.documentCorners;

t.test('a photocopied card without a border is answered as the verifier sees it', async (t) => {
  const { corners, best } = findCard(image);
  t.equal(best?.source, 'verifier');
  t.ok(corners && intersectionOverUnion(truth, corners) >= 0.95);
});

const scorer = lookAt(image);
/** Its right and lower sides too far in. */
const tooSmall = mapQuad(truth, ([x, y], corner) => [
  x - (corner === 1 || corner === 2 ? 0.1 * (truth[1][0] - truth[0][0]) : 0),
  y - (corner > 1 ? 0.1 * (truth[3][1] - truth[0][1]) : 0),
]);

t.test('the second step lies nearer than the first, and both nearer than the candidate', async (t) => {
  const candidate = rate(scorer, tooSmall, 'lines');
  const [first, second] = correctBest(scorer, [candidate]).map(({ quad }) =>
    intersectionOverUnion(truth, quad),
  );
  const off = intersectionOverUnion(truth, candidate.quad);
  t.ok(off < 0.82 && first! > off + 0.05 && second! > first!, `${off}, ${first}, ${second}`);
});

t.test('of so many candidates, none that the verifier was not asked about', async (t) => {
  const candidate = rate(scorer, tooSmall, 'lines');
  const perCandidate = correctTuning.steps + 1;
  const candidates = [{ ...candidate, document: null }, candidate, candidate, candidate];
  t.equal(correctBest(scorer, candidates).length, (correctTuning.best - 1) * perCandidate);
});

t.test('none where the network is not sure that there is a document', async (t) => {
  const doubted = { ...scorer.maps, presence: correctTuning.presence - 0.01 };
  const doubting = new Scorer(scorer.view, scorer.verifier, doubted, scorer.closer);
  t.same(correctBest(doubting, [rate(doubting, tooSmall, 'lines')]), []);
});
