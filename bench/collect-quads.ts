import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lookAt, searchWith } from '../src/vision/detect/detect.js';
import { distinct } from '../src/vision/detect/shortlist.js';
import { proposeWider } from '../src/vision/detect/widen.js';
import { frameQuad, scaleQuad } from '../src/vision/geometry/plane.js';
import { joinLines, proposeByNetwork, proposeCheaply, searchLines } from '../src/vision/propose/proposers.js';
import type { Quad, RgbImage } from '../src/vision/types.js';
import { loadSample, readDataset } from './dataset.js';

// Writes what the search takes for a document in every photo of the given folders, right or wrong, for the second opinion to learn from.
// node build/bench/collect-quads.js [--part 0/2] [--most 24] FOLDER…
// FOLDER/candidates-0.json: for each file a list of eight numbers each, corners in pixels of the photo.

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { part: { type: 'string', default: '0/1' }, most: { type: 'string', default: '24' } },
});
const [part = 0, parts = 1] = options.part.split('/').map(Number);
const most = Number(options.most);

for (const folder of folders) {
  const found: Record<string, number[][]> = {};
  for (const { file, path } of readDataset(folder).filter((_, index) => index % parts === part)) {
    const { image, scale } = await loadSample(path);
    found[file] = candidatesOf(image).map((quad) =>
      scaleQuad(quad, scale)
        .flat()
        .map((value) => Math.round(value * 10) / 10),
    );
  }
  writeFileSync(join(folder, `candidates-${part}.json`), JSON.stringify(found));
}

/** The best of the search, then the best that it did not refine. */
function candidatesOf(image: RgbImage): Quad[] {
  const scorer = lookAt(image);
  const { view } = scorer;
  const found = searchWith(scorer);
  const wider = distinct(proposeWider(scorer, found.slice(0, 3)), { most: most / 3 });
  const searched = found.slice(0, most / 2);
  const proposed = [
    ...proposeByNetwork(scorer),
    ...proposeCheaply(view),
    ...joinLines(searchLines(view), view),
  ]
    .map(({ quad }) => ({ quad: view.toImage(quad), score: scorer.rank(quad) - 1 }))
    .sort((a, b) => b.score - a.score)
    .slice(0, 3 * most);
  const all = distinct([...searched, ...proposed], { most, overlap: 0.93 });
  return [...all.map(({ quad }) => quad), ...wider.map(({ quad }) => view.toImage(quad)), frameQuad(image)];
}
