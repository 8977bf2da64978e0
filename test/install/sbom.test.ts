import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { packageJson, packageRoot } from '../../src/package-root.js';
import { runProgram } from '../support/program.js';

interface Component {
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly licenses?: readonly object[];
}

test('the SBOM names what ships, and no more', async (t) => {
  await runProgram([join(packageRoot, 'build/scripts/sbom.js')], { cwd: packageRoot });
  const read = (name: string) => readFileSync(join(packageRoot, 'dist', name), 'utf8');
  const bom = JSON.parse(read('sbom.cdx.json'));
  t.match(bom, {
    bomFormat: 'CycloneDX',
    specVersion: /^1\./,
    metadata: { component: { name: packageJson.name } },
  });
  const components = bom.components as readonly Component[];
  const names = new Set(components.map(({ name }) => name));
  for (const name of [
    'sharp',
    'opencv-wasm',
    '@img/sharp-wasm32',
    'fastify',
    'prom-client',
    'libjpeg-turbo',
    'swagger-ui',
  ])
    t.ok(names.has(name), name);
  for (const name of ['tap', 'typescript', 'rolldown', 'fast-check', 'vitest'])
    t.notOk(names.has(name), name);
  const bundled = read('THIRD-PARTY-LICENSES').matchAll(/^(\S+) (\d\S*) \(.+\)$/gm);
  const found = new Set(components.map(({ name, version }) => `${name} ${version}`));
  for (const [, name, version] of bundled) t.ok(found.has(`${name} ${version}`), `${name} ${version}`);
  for (const { name, purl, licenses } of components)
    if (purl !== undefined) t.ok(licenses?.length, `${name} says under which licence it is`);
});
