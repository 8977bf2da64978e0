import type { JournalEntry } from '../../journal/entry-types.js';
import { say } from '../words/words.js';

export type Candidate = NonNullable<JournalEntry['candidates']>[number];
export type Corners = Candidate['corners'];

interface OutlineProps {
  readonly width: number;
  readonly height: number;
  readonly corners: Corners | undefined;
  readonly rejected: readonly Candidate[];
  readonly pointedAt: number | undefined;
  readonly confidence: number | null;
}

/** Pixel centres lie at integers in a quad, pixel corners in an SVG. */
const pointsOf = (corners: Corners) => corners.map(([x, y]) => `${x + 0.5},${y + 0.5}`).join(' ');

/** Over the photo, in its own pixels: the outline that was found, and those that were weighed and left. */
export function Outline({ width, height, corners, rejected, pointedAt, confidence }: OutlineProps) {
  const label = corners
    ? say('outlineAlt', { confidence: (confidence ?? 0).toFixed(2), n: rejected.length })
    : say('noOutlineAlt', { n: rejected.length });
  const dot = Math.max(width, height) / 90;
  return (
    <svg class="outline" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {rejected.map((candidate, i) => (
        <polygon
          key={candidate.corners.join()}
          class={`rejected${pointedAt === i ? ' pointed' : ''}`}
          points={pointsOf(candidate.corners)}
        />
      ))}
      {corners && (
        <>
          <polygon class="found-halo" points={pointsOf(corners)} />
          <polygon class="found" points={pointsOf(corners)} />
          {corners.map(([x, y], i) => (
            <circle
              key={`${x},${y}`}
              class={i === 0 ? 'corner first' : 'corner'}
              cx={x + 0.5}
              cy={y + 0.5}
              r={dot}
            />
          ))}
        </>
      )}
    </svg>
  );
}
