import { Status } from '../controls/status.js';
import { goTo } from '../route.js';
import { say, sayMs, sayTime } from '../words/words.js';
import type { Line } from './filter.js';
import { Thumbnail } from './thumbnail.js';

interface RowProps {
  readonly id: string;
  readonly line: Line;
  readonly index: number;
  readonly count: number;
  readonly isOpen: boolean;
  readonly isActive: boolean;
  /** Pixels. */
  readonly height: number;
}

export function Row({ id, line, index, count, isOpen, isActive, height }: RowProps) {
  const { status, ms, at, account, station, rule, reason, scenario, drift } = line;
  const differing = drift?.length ?? 0;
  const why = reason ?? rule ?? '';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys of all its rows
    // biome-ignore lint/a11y/useFocusableInteractive: so it has the focus
    <div
      id={id}
      class={`row${isActive ? ' active' : ''}`}
      role="option"
      aria-selected={isOpen}
      aria-posinset={index + 1}
      aria-setsize={count}
      style={{ transform: `translateY(${index * height}px)` }}
      onClick={() => goTo({ view: 'calls', id: line.id })}
    >
      <Status status={status} />
      <Thumbnail line={line} />
      <span class="row-what">
        <bdi class="row-path">{nameOf(line)}</bdi>
        {scenario && <bdi class="chip">{scenario.text}</bdi>}
        {differing > 0 && (
          <span class="chip drifts" role="img" aria-label={say('driftCount', { n: differing })}>
            ≠ {differing}
          </span>
        )}
      </span>
      <span class="row-when">
        <span class="num">{sayTime(at)}</span>
      </span>
      <span class="row-why">
        <bdi class="row-account">{account ?? say('nobody')}</bdi>
        {station && <span class="row-dot"> · </span>}
        <bdi class="row-station">{station ?? ''}</bdi>
        {why !== '' && <span class="row-dot"> · </span>}
        <bdi class="row-reason" lang="en">
          {why}
        </bdi>
      </span>
      <span class="row-ms num">{sayMs(ms)}</span>
    </div>
  );
}

/** The two calls that everybody makes have a name; of any other its path says more. */
export const nameOf = ({ endpoint, method, path }: Pick<Line, 'endpoint' | 'method' | 'path'>): string =>
  endpoint === 'other' || method !== 'POST' ? `${method} ${path}` : say(endpoint);
