import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const path = createRequire(import.meta.url).resolve('valify-id-cropper-simulator/package.json');

/** The folder of this package, wherever the compiled file stands in it. */
export const packageRoot = dirname(path);

export const packageJson = JSON.parse(readFileSync(path, 'utf8')) as {
  readonly name: string;
  readonly version: string;
  readonly description: string;
};
