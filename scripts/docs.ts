import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.js';
import { fillTables } from './doc-tables.js';

/** Writes the generated tables of the docs anew. */
for (const file of ['docs/errors.md', 'docs/settings.md']) {
  const path = join(packageRoot, file);
  writeFileSync(path, fillTables(readFileSync(path, 'utf8')));
}
