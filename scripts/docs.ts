import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.js';
import { fillTables, pagesWithTables } from './doc-tables.js';
import { documentedTypes } from './documented-types.js';

/** Writes the generated tables of the docs anew, and the types that are documented in editors. */
for (const file of pagesWithTables) {
  const path = join(packageRoot, file);
  writeFileSync(path, fillTables(readFileSync(path, 'utf8')));
}
for (const [file, text] of Object.entries(documentedTypes())) writeFileSync(join(packageRoot, file), text);
