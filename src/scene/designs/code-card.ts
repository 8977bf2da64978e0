import { fillRect } from '../fill.js';
import { drawText, measureText, type TextStyle } from '../text.js';
import { type Design, landscape } from './types.js';

export interface CodeCard {
  /** One line in capitals; a long one is written smaller. */
  readonly title: string;
  /** The squares of a two-dimensional code, row by row, dark where true; without its quiet zone. */
  readonly modules: readonly (readonly boolean[])[];
}

/**
 * Millimetres. A dark rim makes the card stand out from light desks, and the white inside it from dark ones: of the magic cards
 * of bench/magic-card.ts that were missed without it, nearly all were not found, or found askew.
 */
const headHeight = 8.5;
const rim = 1.2;

/** Two codes fit beside each other, each with three modules of white or more around it. */
const codeSide = 34;
const codeTop = 14;
const margin = 5.5;
const codeLefts = [margin, landscape.width - margin - codeSide] as const;

/** Millimetres by which neighbours overlap, or a pixel that they share would stay grey. */
const overlap = 0.04;

/** A card with the same code twice, so that a finger or a lamp's reflection over one of them does no harm. */
export function createCodeCard({ title, modules }: CodeCard): Design {
  return {
    ...landscape,
    draw(canvas) {
      const { width, height } = canvas;
      fillRect(canvas, 0, 0, width, height, [38, 58, 116]);
      fillRect(canvas, rim, headHeight, width - 2 * rim, height - headHeight - rim, [246, 246, 244]);
      drawText(canvas, title, margin, 5.9, fitTitle(title));
      const side = codeSide / modules.length;
      modules.forEach((row, y) => {
        row.forEach((isDark, x) => {
          if (!isDark) return;
          for (const left of codeLefts)
            fillRect(
              canvas,
              left + x * side,
              codeTop + y * side,
              side + overlap,
              side + overlap,
              [16, 16, 20],
            );
        });
      });
    },
  };
}

function fitTitle(title: string): TextStyle {
  const style = { size: 2.8, paint: [250, 250, 250], weight: 0.2 } as const;
  const room = landscape.width - 2 * margin;
  return { ...style, size: style.size * Math.min(1, room / measureText(title, style)) };
}
