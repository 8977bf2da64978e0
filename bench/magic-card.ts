// node build/bench/magic-card.js [--draws 500] [--seed 1] [--failures] [scenario…]
//
// Magic cards, photographed by the scene generator, scaled, turned and compressed anew: how many are read? Half of the
// scenes are of the level easy, half of medium, as phones take them (1080 × 1920 to 1600 × 1200 before scaling). A card
// that is not found, or found askew, is not read and counts as a miss.
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createMagicCard } from '../src/magic-card/draw.js';
import { readScenarioText } from '../src/magic-card/read.js';
import { createRandom, type Random } from '../src/random.js';
import { scenarioNames } from '../src/scenarios/catalogue.js';
import { renderScene } from '../src/scene/index.js';
import { cropCard, warmUp } from '../src/vision/index.js';

const defaults = [...scenarioNames, 'slow;ms=500', 'error;status=418;message="No card"'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    draws: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    failures: { type: 'boolean', default: false },
  },
});
const scenarios = positionals.length > 0 ? positionals : defaults;
const sizes = [
  [1600, 1200],
  [1200, 1600],
  [1920, 1080],
  [1080, 1920],
] as const;

await warmUp();
const counts = { read: 0, 'not found': 0, 'not read': 0, misread: 0 };
for (let draw = 0; draw < Number(values.draws); draw++) {
  const random = createRandom(`magic-card/${values.seed}/${draw}`);
  const scenario = scenarios[draw % scenarios.length]!;
  const level = random.pick(['easy', 'medium'] as const);
  const [width, height] = random.pick(sizes);
  const scene = renderScene({ seed: random.next(), level, width, height }, createMagicCard(scenario));
  const { data } = scene.image;
  const { bytes, scale, quality, turn } = await passOn(data, width, height, random);
  const outcome = await read(bytes, scenario);
  counts[outcome]++;
  if (values.failures && outcome !== 'read') {
    const { areaFraction, fingers, glare, tilt, blur, shake } = scene.settings;
    console.log(
      JSON.stringify({
        draw,
        outcome,
        scenario,
        level,
        width,
        height,
        scale,
        quality,
        turn,
        areaFraction,
        fingers,
        glare,
        tilt,
        blur,
        shake,
      }),
    );
  }
}
console.log(counts, `${((100 * counts.read) / Number(values.draws)).toFixed(1)} % read`);

/** What an app or a messenger does to a photo before it is sent. */
async function passOn(data: Uint8Array, width: number, height: number, random: Random) {
  const scale = random.uniform(0.4, 1);
  const turn = random.pick([0, 90, 180, 270]);
  const quality = random.int(40, 95);
  const raw = { width, height, channels: 3 } as const;
  const first = await sharp(data, { raw }).jpeg({ quality: 92 }).toBuffer();
  const bytes = await sharp(first)
    .rotate(turn)
    .resize(Math.round((turn % 180 === 0 ? width : height) * scale))
    .jpeg({ quality })
    .toBuffer();
  return { bytes, scale, quality, turn };
}

async function read(bytes: Buffer, scenario: string): Promise<keyof typeof counts> {
  let name: string | undefined;
  const result = await cropCard(bytes, {
    inspect: (crop) => {
      name = readScenarioText(crop);
      return name !== undefined;
    },
  });
  if (name === scenario) return 'read';
  if (result.fault !== undefined) return 'not found';
  return name === undefined ? 'not read' : 'misread';
}
