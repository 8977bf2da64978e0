/**
 * Makes the collection and the environment for Postman of openapi.yaml.
 *
 * npm run postman
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.js';
import { postmanFiles, toText } from './postman/files.js';

for (const [file, content] of Object.entries(postmanFiles))
  writeFileSync(join(packageRoot, file), toText(content));
