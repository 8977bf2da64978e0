import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.js';
import { fillTables, pagesWithTables } from './doc-tables.js';

/** Writes the generated tables of the docs anew. */
for (const file of pagesWithTables) {
  const path = join(packageRoot, file);
  writeFileSync(path, fillTables(readFileSync(path, 'utf8')));
}
