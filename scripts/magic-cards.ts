/** Draws `fixtures/magic-cards/` anew: `npm run magic-cards`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawMagicCard } from '../src/magic-card/draw.js';
import { drawScene } from '../src/photos/draw-scene.js';
import { magicCardPhoto } from './fixture-recipes.js';

const folder = 'fixtures/magic-cards';
const { card } = magicCardPhoto;

await mkdir(folder, { recursive: true });
await writeFile(join(folder, `${card}.png`), await drawMagicCard(card));
await writeFile(join(folder, `${card}.pdf`), await drawMagicCard(card, 'pdf'));
await writeFile(join(folder, `${card}-photo.jpg`), (await drawScene(magicCardPhoto)).bytes);
