import { encodeQR } from 'qr';
import { createRandom } from '../random.js';
import { createCodeCard, type Design, drawFace, encodePhoto } from '../scene/index.js';
import { toCardText } from './card-text.js';
import { writePdf } from './pdf.js';

/** Dots per inch: what office printers print. */
const resolution = 600;
const millimetresPerInch = 25.4;

/** Version 7. The modules of a larger code would be under 0.75 mm, too small for a photo of moderate size. */
const maxModules = 45;

export const magicCardFormats = ['png', 'pdf'] as const;
export type MagicCardFormat = (typeof magicCardFormats)[number];

/**
 * The face of the card for a scenario such as `no-card` or `slow;ms=500`, for `renderScene`.
 * @throws RangeError when the scenario is not written as scenarios are, or too long for a card
 */
export function createMagicCard(scenario: string): Design {
  const bordered = encodeQR(toCardText(scenario), 'raw', { ecc: 'quartile', border: 1 });
  const modules = bordered.slice(1, -1).map((row) => row.slice(1, -1));
  if (modules.length > maxModules)
    throw new RangeError(`${JSON.stringify(scenario)} is too long for a card; shorten its values`);
  return createCodeCard({ title: `MAGIC CARD: ${scenario.toUpperCase()}`, modules });
}

/**
 * The card to be printed or shown to a camera, in the size of an ID-1 card (85.60 × 53.98 mm): a PNG of 600 dpi, or a
 * PDF of one page with that picture.
 *
 * @throws RangeError as `createMagicCard`
 * @example await writeFile('no-card.pdf', await drawMagicCard('no-card', 'pdf'));
 */
export async function drawMagicCard(scenario: string, format: MagicCardFormat = 'png'): Promise<Buffer> {
  const design = createMagicCard(scenario);
  const canvas = drawFace(design, createRandom(scenario), resolution / millimetresPerInch);
  const image = { data: new Uint8Array(canvas.data.buffer), width: canvas.columns, height: canvas.rows };
  const png = await encodePhoto(image, { format: 'png', density: resolution });
  return format === 'png' ? png : writePdf(png, design);
}
