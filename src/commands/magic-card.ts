import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { drawMagicCard, type MagicCardFormat, magicCardFormats } from '../magic-card/draw.js';
import { ScenarioProblem } from '../scenarios/grammar.js';
import { formatScenario, parseScenario } from '../scenarios/scenario.js';
import { UsageError } from './usage-error.js';

/** Writes the card of a scenario, ready to be printed or shown to a camera. */
export async function magicCard(scenario: string, { output }: { readonly output: string }): Promise<void> {
  await writeFile(output, await draw(scenario, formatOf(output)));
  console.log(`${output}: magic card for ${scenario}, 85.60 × 53.98 mm`);
}

function formatOf(output: string): MagicCardFormat {
  const extension = extname(output).slice(1).toLowerCase();
  const format = magicCardFormats.find((name) => name === extension);
  if (format !== undefined) return format;
  throw new UsageError(
    `${output}: the name of a card ends in ${magicCardFormats.map((name) => `.${name}`).join(' or ')}`,
  );
}

async function draw(scenario: string, format: MagicCardFormat): Promise<Buffer> {
  try {
    return await drawMagicCard(formatScenario(parseScenario(scenario)), format);
  } catch (error) {
    const wrong = error instanceof RangeError || error instanceof ScenarioProblem;
    throw wrong ? new UsageError(error.message) : error;
  }
}
