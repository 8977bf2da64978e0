/** Shapes the words of src/scene/arabic/vocabulary.ts with HarfBuzz, once: `npm run arabic-outlines`. */
import { writeFile } from 'node:fs/promises';
import { outlinesSource } from './shape-outlines.js';

await writeFile('src/scene/arabic/outlines.ts', await outlinesSource());
