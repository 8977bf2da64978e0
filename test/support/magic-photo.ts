import sharp from 'sharp';
import { createMagicCard } from '../../src/magic-card/draw.js';
import { createRandom } from '../../src/random.js';
import { drawFace } from '../../src/scene/index.js';

const cardWidth = 360;

/** A magic card flat on a desk, in base64. bench/magic-card.ts judges how much worse a photo may be. */
export async function photographMagicCard(scenario: string): Promise<string> {
  const { data, columns, rows } = drawFace(createMagicCard(scenario), createRandom(1), cardWidth / 85.6);
  const card = await sharp(Buffer.from(data.buffer), { raw: { width: columns, height: rows, channels: 3 } })
    .rotate(4, { background: '#333' })
    .png()
    .toBuffer();
  const desk = { create: { width: 480, height: 360, channels: 3, background: '#333' } } as const;
  const photo = await sharp(desk)
    .composite([{ input: card }])
    .jpeg({ quality: 85 })
    .toBuffer();
  return photo.toString('base64');
}
