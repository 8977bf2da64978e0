import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { goTo, route } from '../route.js';
import { say } from '../words/words.js';
import type { Line } from './filter.js';
import { shown } from './lines.js';
import { Row } from './row.js';
import { visibleRange } from './visible.js';

const rowId = (id: number) => `call-${id}`;

/** Of thousands of calls only those in sight are in the document. The newest is on top; who has scrolled away stays where they are. */
export function CallList() {
  const box = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const viewHeight = useSignal(600);
  const rowHeight = useSignal(64);
  const active = useSignal<number | undefined>(undefined);
  const rows = shown.value;
  const openId = route.value.id;
  const currentId = active.value ?? openId ?? rows[0]?.id;

  useEffect(() => {
    const list = box.current!;
    const observer = new ResizeObserver(() => {
      viewHeight.value = list.clientHeight;
      rowHeight.value =
        Number.parseFloat(getComputedStyle(list).getPropertyValue('--row')) || rowHeight.value;
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, []);
  useStay(box, rows, rowHeight.value);
  useEffect(() => {
    active.value = openId;
    const index = rows.findIndex(({ id }) => id === openId);
    if (index >= 0) reveal(box.current!, index, rowHeight.value);
  }, [openId]);

  const onKeyDown = (event: KeyboardEvent) => {
    const index = Math.max(
      0,
      rows.findIndex(({ id }) => id === currentId),
    );
    const next = moved(event.key, index, rows.length, Math.floor(viewHeight.value / rowHeight.value));
    const line = rows[next ?? index];
    if (line === undefined) return;
    if (event.key === 'Enter' || event.key === ' ') goTo({ view: 'calls', id: line.id });
    else if (next === undefined) return;
    else {
      active.value = line.id;
      reveal(box.current!, next, rowHeight.value);
      if (openId !== undefined) goTo({ view: 'calls', id: line.id }, { replace: true });
    }
    event.preventDefault();
  };

  const [first, end] = visibleRange(scrollTop.value, viewHeight.value, rowHeight.value, rows.length);
  const inSight = rows.slice(first, end);
  return (
    <div
      ref={box}
      class="call-list"
      role="listbox"
      aria-label={say('calls')}
      tabIndex={0}
      aria-activedescendant={inSight.some(({ id }) => id === currentId) ? rowId(currentId!) : undefined}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        scrollTop.value = event.currentTarget.scrollTop;
      }}
    >
      <div class="call-list-all" role="presentation" style={{ height: `${rows.length * rowHeight.value}px` }}>
        {inSight.map((line, i) => (
          <Row
            key={line.id}
            id={rowId(line.id)}
            line={line}
            index={first + i}
            count={rows.length}
            isOpen={line.id === openId}
            isActive={line.id === currentId}
            height={rowHeight.value}
          />
        ))}
      </div>
    </div>
  );
}

function moved(key: string, index: number, count: number, page: number): number | undefined {
  const last = count - 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: last,
  };
  const next = steps[key];
  return next === undefined ? undefined : Math.max(0, Math.min(last, next));
}

function reveal(box: HTMLElement, index: number, rowHeight: number): void {
  const top = index * rowHeight;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + rowHeight > box.scrollTop + box.clientHeight)
    box.scrollTop = top + rowHeight - box.clientHeight;
}

/** What comes in on top pushes down nobody who reads further below. */
function useStay(
  box: { readonly current: HTMLElement | null },
  rows: readonly Line[],
  rowHeight: number,
): void {
  const topId = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    const before = topId.current;
    topId.current = rows[0]?.id;
    const { current } = box;
    if (before === undefined || current === null || current.scrollTop < rowHeight) return;
    const added = rows.findIndex(({ id }) => id === before);
    if (added > 0) current.scrollTop += added * rowHeight;
  }, [rows]);
}
