import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createRandom } from '../src/random.js';
import { lookAt, searchWith } from '../src/vision/detect/detect.js';
import { refine } from '../src/vision/detect/shortlist.js';
import { proposeWider } from '../src/vision/detect/widen.js';
import { frameQuad, scaleQuad } from '../src/vision/geometry/plane.js';
import {
  joinLines,
  type Proposal,
  proposeByNetwork,
  proposeCheaply,
  searchLines,
} from '../src/vision/propose/proposers.js';
import { refineQuad } from '../src/vision/refine/refine.js';
import {
  closeNames,
  featureNames,
  lookOutside,
  noteVerdict,
  QuadMeter,
} from '../src/vision/score/features.js';
import type { Scorer } from '../src/vision/score/score.js';
import { detectionTuning as tuning } from '../src/vision/tuning.js';
import type { Quad, RgbImage } from '../src/vision/types.js';
import { loadSample, readDataset, type Sample } from './dataset.js';
import { overlapInFrame } from './overlap.js';
import { type Marked, vary } from './vary.js';

// Measures the candidates of every photo of the given folders, for train-scorer.ts.
// node build/bench/collect-candidates.js --out ROWS.bin [--part 0/2] [--vary SEED] FOLDER…
// With --vary each photo is turned, mirrored or in grey as that seed has it.
// Rows of 32-bit floats: photo, stage (0 as proposed, 1 refined), IoU, then the features, of which proposed ones have no close look (0).

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, part: { type: 'string', default: '0/1' }, vary: { type: 'string' } },
});
if (!options.out) throw new Error('--out names the file to write');
const [part = 0, parts = 1] = options.part.split('/').map(Number);
const samples = folders.flatMap((folder) => readDataset(folder).filter((_, index) => index % parts === part));
const random = createRandom('candidates');
const variation = options.vary === undefined ? null : createRandom(options.vary);
const rows: number[][] = [];
for (const [photo, sample] of samples.entries()) await collect(photo, sample);
const width = featureNames.length + closeNames.length + 3;
const flat = new Float32Array(rows.length * width);
rows.forEach((row, index) => {
  flat.set(row, index * width);
});
writeFileSync(options.out, new Uint8Array(flat.buffer));
console.log(`${samples.length} photos, ${rows.length} candidates`);

async function collect(photo: number, sample: Sample): Promise<void> {
  const { image, quad: truth } = await load(sample);
  const scorer = lookAt(image);
  const { view, maps, closer, verifier } = scorer;
  const meter = new QuadMeter(view, maps, closer);
  const overlap = overlapWith(truth, image);
  const refinedRow = (quad: Quad): number[] => {
    const seen = view.toView(quad);
    const features = noteVerdict(lookOutside(meter.measure(seen), view, seen), verifier.verify(quad));
    return [photo, 1, overlap(quad), ...features];
  };
  const candidates = propose(scorer)
    .map(({ quad }) => ({ quad, iou: overlap(view.toImage(quad)), score: scorer.rank(quad) }))
    .sort((a, b) => b.score - a.score);
  const kept = candidates.filter(
    (candidate, rank) => rank < 24 || candidate.iou > 0.6 || random.chance(0.08),
  );
  for (const { quad, iou } of kept) rows.push([photo, 0, iou, ...meter.measure(quad)]);
  const searched = searchWith(scorer);
  for (const { quad } of searched.slice(0, 25)) rows.push(refinedRow(quad));
  const wider = proposeWider(scorer, searched.slice(0, 3));
  for (const { quad } of wider) rows.push([photo, 0, overlap(view.toImage(quad)), ...meter.measure(quad)]);
  const nearest = [...wider].sort((a, b) => overlap(view.toImage(b.quad)) - overlap(view.toImage(a.quad)));
  for (const { quad } of new Set([...wider.slice(0, 6), ...nearest.slice(0, 2)])) {
    const found = view.toImage(quad);
    for (const each of [found, refineQuad(image, found, tuning.widened.reach)]) rows.push(refinedRow(each));
  }
  rows.push(refinedRow(frameQuad(image)));
  const best = [...candidates].sort((a, b) => b.iou - a.iou).slice(0, 6);
  for (const { quad } of new Set([...candidates.slice(0, 12), ...best])) {
    rows.push(refinedRow(refine(view, view.toImage(quad))));
  }
}

async function load(sample: Sample): Promise<Marked> {
  const { image, scale } = await loadSample(sample.path);
  const marked = { image, quad: sample.quad && scaleQuad(sample.quad, 1 / scale) };
  return variation ? vary(marked, variation) : marked;
}

/** Everything that any proposer of the search puts forward and that could be a card. */
function propose(scorer: Scorer): Proposal[] {
  const { view } = scorer;
  return [...proposeByNetwork(scorer), ...proposeCheaply(view), ...joinLines(searchLines(view), view)];
}

function overlapWith(truth: Quad | null, image: RgbImage): (quad: Quad) => number {
  return (quad) => (truth ? overlapInFrame(truth, quad, image) : 0);
}
