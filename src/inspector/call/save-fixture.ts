import { downloadZip } from 'client-zip';
import type { JournalEntry } from '../../journal/entry-types.js';
import { askRaw } from '../api.js';
import { fixtureOf } from './fixture.js';

/** The photo, its crop, and what is to be expected of them, in one file to be downloaded. */
export async function saveFixture(entry: JournalEntry): Promise<void> {
  const facts = fixtureOf(entry);
  const picture = async (name: string | null, kind: 'photo' | 'crop') =>
    name === null || entry[kind]?.kept !== true
      ? []
      : [{ name, input: await (await askRaw('GET', `/requests/${entry.id}/${kind}`)).arrayBuffer() }];
  const files = [
    ...(await picture(facts.file, 'photo')),
    ...(await picture(facts.expected, 'crop')),
    { name: 'fixture.json', input: `${JSON.stringify(facts, null, 2)}\n` },
  ];
  download(await downloadZip(files).blob(), `call-${entry.id}-${entry.status ?? 'unanswered'}.zip`);
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
