import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly description: string;
}

/** Not by the package's own name: test runners with a resolver of their own do not all know that a package may ask for itself. */
const [root, json] = findPackage(dirname(fileURLToPath(import.meta.url)));

/** The folder of this package, wherever the compiled file stands in it. */
export const packageRoot = root;
export const packageJson = json;

/** The `package.json` of `dist/` only says that it is CommonJS; ours has a name. */
function findPackage(folder: string): readonly [string, PackageJson] {
  const path = join(folder, 'package.json');
  const json = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  return json.name === undefined ? findPackage(dirname(folder)) : [folder, json];
}
