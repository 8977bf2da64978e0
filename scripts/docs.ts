import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.js';
import { configSchema } from './config-schema.js';
import { fillTables, pagesWithTables } from './doc-tables.js';
import { documentedTypes } from './documented-types.js';
import { envExample } from './env-example.js';

/** Writes what repeats the code anew: the tables of the docs, the types that are documented in editors, the schema of the config file, `.env.example`. */
for (const file of pagesWithTables) {
  const path = join(packageRoot, file);
  writeFileSync(path, fillTables(readFileSync(path, 'utf8')));
}
for (const [file, text] of Object.entries(documentedTypes())) writeFileSync(join(packageRoot, file), text);
writeFileSync(join(packageRoot, 'config.schema.json'), configSchema());
writeFileSync(join(packageRoot, '.env.example'), envExample());
