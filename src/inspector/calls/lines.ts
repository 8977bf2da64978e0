import { batch, computed, signal } from '@preact/signals';
import type { RequestLines } from '../../control/request-lines.js';
import type { RequestCount } from '../../control/requests.js';
import type { JournalEntry } from '../../journal/entry-types.js';
import { ask, needsToken } from '../api.js';
import { type Filter, filterLines, type Line, noFilter } from './filter.js';
import { followStream } from './stream.js';
import { countUnseen } from './unseen.js';

/** Newest first. */
export const lines = signal<readonly Line[]>([]);
export const filter = signal<Filter>(noFilter);
export const shown = computed(() => filterLines(lines.value, filter.value));
export const isLoaded = signal(false);
export type Connection = 'connecting' | 'live' | 'offline';
export const connection = signal<Connection>('connecting');

export const accountNames = computed(() =>
  [...new Set(lines.value.flatMap(({ account }) => account ?? []))].toSorted(),
);

/** Lines in one answer: what is parsed at once holds up nobody's scrolling. */
const pageSize = 500;
/** Older ones are left where they are: in the journal. */
const mostLines = 20_000;
const retryMs = 1000;
const checkMs = 5000;

/** Follows the journal for as long as the page is open: what is there, what comes, and what is forgotten. */
export async function followJournal(): Promise<never> {
  for (;;) {
    try {
      connection.value = 'connecting';
      await loadLines();
      await followStream(lines.value[0]?.id ?? 0, addSoon, () => {
        connection.value = 'live';
      });
    } catch {
      // Said below.
    }
    connection.value = 'offline';
    await pause(retryMs);
    while (needsToken.value) await pause(retryMs);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The newest at once, the others page by page while they can already be read. */
export async function loadLines(): Promise<void> {
  let found: readonly Line[] = [];
  let page: readonly Line[];
  do {
    const before = found.at(-1)?.id;
    const query = `limit=${pageSize}${before === undefined ? '' : `&before=${before}`}`;
    page = (await ask<RequestLines>('GET', `/requests/lines?${query}`)).lines.toReversed();
    found = [...found, ...page];
    if (lines.value.length <= found.length || page.length < pageSize) lines.value = found;
    isLoaded.value = true;
  } while (page.length === pageSize && found.length < mostLines);
}

/** The rest of an entry is asked for when it is opened: ten thousand of them would be 20 MB. */
function lineOf(entry: JournalEntry): Line {
  const { id, at, endpoint, account, method, path, ended, status, station, rule, reason } = entry;
  const { scenario, transactionId, confidence, drift, ms } = entry;
  const asked = { id, at, endpoint, account, method, path };
  const answered = { ended, status, station, rule, reason, scenario, transactionId, confidence, drift, ms };
  const picture = entry.crop?.kept ? 'crop' : entry.photo?.kept ? 'photo' : null;
  return { ...asked, ...answered, picture };
}

let waiting: Line[] = [];

/** A burst of calls is drawn once a frame. A page in the background has no frames. */
function addSoon(entry: JournalEntry): void {
  if (waiting.push(lineOf(entry)) > 1) return;
  setTimeout(() => {
    const added = waiting.toReversed();
    waiting = [];
    countUnseen(added.length);
    batch(() => {
      lines.value = [...added, ...lines.value].slice(0, mostLines);
    });
  }, 50);
}

/** What was deleted here goes at once. */
export const forgetLine = (gone: number): void => {
  lines.value = lines.value.filter(({ id }) => id !== gone);
};

/** Somebody may have cleared the journal, which the stream does not tell. */
setInterval(async () => {
  if (connection.value !== 'live' || document.hidden) return;
  const { count } = await ask<RequestCount>('GET', '/requests/count').catch(() => ({ count: Infinity }));
  if (count < lines.value.length) {
    if (count === 0) lines.value = [];
    await loadLines().catch(() => {});
  }
}, checkMs);
