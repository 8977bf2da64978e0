import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageJson, packageRoot } from '../src/package-root.js';

// npm run sbom: dist/sbom.cdx.json, what ships as CycloneDX. npm knows what is installed beside the bundle, and what was there to be bundled; the
// bundle's own list (dist/THIRD-PARTY-LICENSES) says which of that is in it.

interface Component {
  readonly type: string;
  readonly name: string;
  readonly version?: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
  readonly 'bom-ref'?: string;
}

interface Bom {
  readonly metadata: { readonly component: object };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** First lines of the parts of that list: `name version (licence)`, or the name of what a package carries in it. */
const titles = readFileSync(join(packageRoot, 'dist/THIRD-PARTY-LICENSES'), 'utf8')
  .split(/\n\n-{80}\n\n/)
  .map((part) => part.slice(0, part.indexOf('\n')));
const bundled = new Set(titles.map((title) => title.replace(/ \(.*/, '')));

const isForDevelopment = ({ properties = [] }: Component) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');

const ships = (component: Component) =>
  !isForDevelopment(component) || bundled.has(`${component.name} ${component.version}`);

const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
  cwd: packageRoot,
  maxBuffer: 2 ** 26,
});
const everything = JSON.parse(text.toString()) as Bom;
const components = everything.components.filter(ships);
const carried = titles.filter((title) => !title.includes(' ')).map((name) => ({ type: 'library', name }));
const kept = new Set([
  ...components.map((component) => component['bom-ref']),
  `${packageJson.name}@${packageJson.version}`,
]);
const bom = {
  ...everything,
  metadata: {
    ...everything.metadata,
    component: { ...everything.metadata.component, name: packageJson.name },
  },
  components: [...components, ...carried],
  dependencies: everything.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) })),
};
writeFileSync(join(packageRoot, 'dist/sbom.cdx.json'), `${JSON.stringify(bom, undefined, 2)}\n`);
console.log(`dist/sbom.cdx.json: ${bom.components.length} components`);
