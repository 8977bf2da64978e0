// node build/bench/worst-case.js [images] [seed] [megapixels]
//
// Crops adversarial pictures (bench/adversarial.ts) of all sizes up to 12 MP, some of them broken files, and prints how they
// ended and which took longest. An exception ends the run: there must be none. `minConfidence` 0 on every second picture,
// so that whatever the detector proposes is rectified as well. Codes are looked for as the server does, in doubtful quads too.
import { readScenarioText } from '../src/magic-card/read.js';
import { cropCard, warmUp } from '../src/vision/index.js';
import { heapBytes } from '../src/vision/opencv/opencv.js';
import type { RgbImage } from '../src/vision/types.js';
import { drawAdversarial } from './adversarial.js';

const [images = '2000', seed = '1', megapixels = '12'] = process.argv.slice(2);

interface Run {
  readonly name: string;
  readonly answer: string;
  readonly wall: number;
  readonly cpu: number;
}

await warmUp();
const heapBefore = heapBytes();
const runs: Run[] = [];
for (let index = 0; index < Number(images); index++) runs.push(await run(index));

const answers = countAnswers(runs);
console.log(`${runs.length} pictures, seed ${seed}, no exception`);
for (const [answer, count] of Object.entries(answers)) console.log(`${String(count).padStart(6)}  ${answer}`);
console.log('slowest');
for (const { name, answer, wall, cpu } of [...runs].sort((a, b) => b.wall - a.wall).slice(0, 10)) {
  console.log(`${wall.toFixed(0).padStart(6)} ms (CPU ${cpu.toFixed(0)})  ${name}: ${answer}`);
}
const countOver = (key: 'wall' | 'cpu') => runs.filter((run) => run[key] > 2000).length;
console.log(`over 2 s: ${countOver('wall')}, of processor time: ${countOver('cpu')}`);
console.log(`OpenCV heap ${heapBefore / 2 ** 20} → ${heapBytes() / 2 ** 20} MB`);

async function run(index: number): Promise<Run> {
  const { name, bytes } = await drawAdversarial(Number(seed), index, Number(megapixels) * 1e6);
  const before = process.cpuUsage();
  const start = performance.now();
  const inspect = (card: RgbImage) => readScenarioText(card) !== undefined;
  const options = { minSide: 1, inspect, ...(index % 2 ? { minConfidence: 0 } : {}) };
  const { fault } = await cropCard(bytes, options).catch((error: unknown) => {
    throw new Error(`picture ${index} (${name})`, { cause: error });
  });
  const { user, system } = process.cpuUsage(before);
  return { name, answer: fault ?? 'a crop', wall: performance.now() - start, cpu: (user + system) / 1000 };
}

function countAnswers(all: readonly Run[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { answer } of all) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}
