import type { JournalEntry } from '../../journal/entry-types.js';
import { askRaw } from '../api.js';

/**
 * Server-sent events, read with `fetch`: an `EventSource` sends no token. Ends when the server does.
 *
 * @param after the last call that is known
 */
export async function followStream(
  after: number,
  onEntry: (entry: JournalEntry) => void,
  onOpen: () => void,
): Promise<void> {
  const answer = await askRaw('GET', `/requests/stream?after=${after}`);
  onOpen();
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) onEntry(JSON.parse(data) as JournalEntry);
    }
  }
}
