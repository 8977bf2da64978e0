// node build/bench/ordinary-cards.js [--faces 1000] [--scenes 1000] [--seed 1] [FOLDER of photos…]
//
// Photos without a magic card: how often is a code read where none is, how often does a picture look as if it had one
// (then the decoder is asked), and what share of the CPU goes into looking? Photos in which no card is found are told apart:
// there the best few quads are looked at.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasFinderPattern } from '../src/magic-card/finder.js';
import { readScenarioText } from '../src/magic-card/read.js';
import { createRandom } from '../src/random.js';
import { designs } from '../src/scene/designs/index.js';
import { drawFace, encodePhoto, levels, renderScene } from '../src/scene/index.js';
import { cropOnClock } from '../src/vision/crop.js';
import { warmUp } from '../src/vision/index.js';
import { StageClock } from '../src/vision/stage-clock.js';
import type { RgbImage, StageTimings } from '../src/vision/types.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    faces: { type: 'string', default: '1000' },
    scenes: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});

class Looks {
  readonly #counts = { photos: 0, 'quads to the decoder': 0, 'codes read': 0 };
  readonly #shares: number[] = [];
  readonly #costs: number[] = [];

  add(timings: StageTimings, asked: number, read: number): void {
    this.#counts.photos++;
    this.#counts['quads to the decoder'] += asked;
    this.#counts['codes read'] += read;
    this.#costs.push(timings.inspect);
    this.#shares.push(timings.inspect / Object.values(timings).reduce((sum, ms) => sum + ms, 0));
  }

  report(): string {
    if (this.#costs.length === 0) return 'no photo';
    const counts = Object.entries(this.#counts).map(([name, count]) => `${name} ${count}`);
    const [usual, high] = [mean(this.#shares), quantile(this.#shares, 0.95)].map((share) =>
      (100 * share).toFixed(1),
    );
    const cost = `${mean(this.#costs).toFixed(2)} ms, ${usual} %; 95 of 100 under ${high} %`;
    return `${counts.join(', ')}; CPU of looking: mean ${cost}`;
  }
}

await warmUp();
const photos = positionals.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.(jpe?g|png|webp)$/i.test(name))
    .map((name) => join(folder, name)),
);
readFaces();
await measure(`${photos.length} photos`, photos.length, async (i) => readFileSync(photos[i]!));
await measure(`${values.scenes} scenes of 0.3 MP`, Number(values.scenes), (i) => draw(i, 640, 480));
await measure('30 scenes of 2 MP', 30, (i) => draw(i, 1600, 1200));
await measure('8 scenes of 12 MP', 8, (i) => draw(i, 4000, 3000));

/** Every design at 0.04 to 1.8 megapixels: the only way to look at thousands. */
function readFaces(): void {
  const counts = { faces: 0, 'asked the decoder': 0, 'read a code': 0 };
  for (let i = 0; i < Number(values.faces); i++) {
    const random = createRandom(`${values.seed}/face/${i}`);
    const design = designs[random.pick(Object.keys(designs) as (keyof typeof designs)[])];
    const { data, columns, rows } = drawFace(design, random, random.uniform(3, 20));
    const face = { data: new Uint8Array(data.buffer), width: columns, height: rows };
    counts.faces++;
    if (hasFinderPattern(face)) counts['asked the decoder']++;
    if (readScenarioText(face) !== undefined) counts['read a code']++;
  }
  console.log(counts);
}

async function draw(index: number, width: number, height: number): Promise<Buffer> {
  const level = levels[index % 3]!;
  const { image } = renderScene({ seed: `${values.seed}/${index}`, level, width, height });
  return encodePhoto(image, { format: 'jpeg' });
}

async function measure(title: string, count: number, load: (index: number) => Promise<Buffer>) {
  const cropped = new Looks();
  const missed = new Looks();
  for (let i = 0; i < count; i++) {
    const bytes = await load(i);
    const counts = { asked: 0, read: 0 };
    const inspect = (crop: RgbImage) => {
      if (hasFinderPattern(crop)) counts.asked++;
      if (readScenarioText(crop) !== undefined) counts.read++;
    };
    const { fault, timings } = await cropOnClock(bytes, { inspect }, new StageClock(cpuMilliseconds));
    if (timings === undefined) continue;
    const looks = fault === undefined ? cropped : missed;
    looks.add(timings, counts.asked, counts.read);
  }
  console.log(title);
  console.log('  with a crop:', cropped.report());
  console.log('  without one:', missed.report());
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
}

function quantile(numbers: readonly number[], q: number): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(q * (numbers.length - 1))] ?? Number.NaN;
}

/** Of the whole process: libvips works in threads of its own. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
