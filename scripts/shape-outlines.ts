import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as hb from 'harfbuzzjs';
import { characters, words } from '../src/scene/arabic/vocabulary.js';

const fontFile = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-naskh-arabic/600SemiBold/NotoNaskhArabic_600SemiBold.ttf',
);

/** What HarfBuzz makes of a text: glyphs from left to right, in units of the font. */
interface Shaped {
  readonly width: number;
  readonly glyphs: readonly { readonly id: number; readonly x: number; readonly y: number }[];
}

function shape(font: hb.Font, text: string): Shaped {
  const buffer = new hb.Buffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  hb.shape(font, buffer);
  const positions = buffer.getGlyphPositions();
  let pen = 0;
  const glyphs = buffer.getGlyphInfos().map(({ codepoint: id }, i) => {
    const { xAdvance, xOffset, yOffset } = positions[i]!;
    const x = pen + xOffset;
    pen += xAdvance;
    return { id, x, y: yOffset };
  });
  if (glyphs.some(({ id }) => id === 0)) throw new Error(`the font has no glyph for ${text}`);
  return { width: pen, glyphs };
}

/** The text of src/scene/arabic/outlines.ts. */
export async function outlinesSource(): Promise<string> {
  const font = new hb.Font(new hb.Face(new hb.Blob(new Uint8Array(await readFile(fontFile)).buffer)));
  const runs = [...words, ...characters].map((text) => ({ text, ...shape(font, text) }));
  const ids = [...new Set(runs.flatMap(({ glyphs }) => glyphs.map(({ id }) => id)))].sort((a, b) => a - b);
  const paths = ids.map((id) => `${id} ${font.glyphToPath(id).replaceAll(/ /g, ',')}`);
  const lines = runs.map(
    ({ text, width, glyphs }) =>
      `${text} ${width} ${glyphs.map(({ id, x, y }) => `${id},${x},${y}`).join(' ')}`,
  );
  return `// Written by scripts/arabic-outlines.ts. Do not edit.
// SPDX-License-Identifier: OFL-1.1
// Outlines of Noto Naskh Arabic, semi-bold. Copyright 2022 The Noto Project Authors
// (https://github.com/notofonts/arabic), SIL Open Font License 1.1: scripts/bundle/licences/noto-naskh-arabic.txt

/** Number of a glyph and its outline, 1000 units to the em. */
export const glyphPaths = \`
${paths.join('\n')}
\`;

/** A word or a character, how broad it is, and its glyphs from left to right: number, x, y. */
export const shapedRuns = \`
${lines.join('\n')}
\`;
`;
}
