import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { fillTables, pagesWithTables } from '../../scripts/doc-tables.js';
import { documentedTypes } from '../../scripts/documented-types.js';
import { controlYaml, openApiYaml } from '../../src/commands/openapi.js';
import { createProgram } from '../../src/commands/program.js';
import { loadConfig } from '../../src/config/config.js';
import { type ErrorRow, errorCatalogue } from '../../src/errors.js';
import { packageRoot } from '../../src/package-root.js';
import { scenarioNames, scenarioRow } from '../../src/scenarios/catalogue.js';

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');

test('the generated tables are as the code has them (npm run docs writes them)', async (t) => {
  for (const file of pagesWithTables) t.equal(read(file), fillTables(read(file)), file);
});

test('the types that say in an editor what they are, are as the schemas have them (npm run docs)', async (t) => {
  for (const [file, text] of Object.entries(documentedTypes())) t.equal(read(file), text, file);
});

test('openapi.yaml is what the routes say (npm run openapi writes it)', async (t) => {
  t.equal(read('openapi.yaml'), await openApiYaml());
  t.equal(read('docs/control-api.yaml'), await controlYaml());
  t.notMatch(read('openapi.yaml'), /__mock/, 'the control API is none of the vendor’s');
});

test('the catalogue, walked both ways', async (t) => {
  const errors = read('docs/errors.md');
  const document = read('openapi.yaml');
  for (const [name, row] of Object.entries(errorCatalogue) as [string, ErrorRow][]) {
    t.ok(errors.includes(`\`${name}\``), `${name} stands in docs/errors.md`);
    const belowRoutes = [408, 431].includes(row.status) || name === 'MALFORMED_REQUEST';
    t.equal(
      document.includes(`\`${name}\``),
      !belowRoutes,
      `${name} stands in openapi.yaml, if a route can answer it`,
    );
  }
  const documentedRows = [...errors.matchAll(/^\| \d{3} \| `(\w+)`/gm)].map(([, name]) => name);
  t.same(documentedRows.sort(), Object.keys(errorCatalogue).sort(), 'nothing else stands in docs/errors.md');
  const statuses = new Set(
    [...document.matchAll(/^ {8}"?(\d{3})"?:$/gm)].map(([, status]) => Number(status)),
  );
  const scenarios = scenarioNames.map((name) => scenarioRow(name).status);
  const answered = new Set([
    ...Object.values(errorCatalogue).map(({ status }) => status as number),
    ...scenarios,
  ]);
  for (const status of [429, 502, 503, 504])
    t.ok(statuses.has(status), `${status}, as a proxy says it, stands in openapi.yaml`);
  t.ok(statuses.has(200) && statuses.size > 5, 'the statuses were found in the document');
  for (const status of statuses)
    t.ok(status === 200 || answered.has(status), `${status} of openapi.yaml is answered`);
});

test('every flag that the docs name exists', async (t) => {
  const pages = [
    'README.md',
    'docs/errors.md',
    'docs/settings.md',
    'docs/fidelity.md',
    'docs/command-line.md',
  ];
  const docs = pages.map(read).join('\n');
  const program = createProgram((error) => {
    throw error;
  });
  const known = new Set(program.commands.flatMap(({ options }) => options.map(({ long }) => long)));
  const flags = new Set([...docs.matchAll(/(?<![\w-])--([a-z]+(?:-[a-z]+)+)/g)].map(([, name]) => name!));
  t.ok(flags.size > 20, `${flags.size} flags are named`);
  for (const flag of flags) t.ok(known.has(`--${flag}`), `--${flag}`);
});

test('the config files of docs/settings.md are taken as they stand', async (t) => {
  const examples = [...read('docs/settings.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);
  t.equal(examples.length, 3);
  const folder = t.testdir(Object.fromEntries(examples.map((text, index) => [`${index}.yaml`, text])));
  const [accounts, places, errors] = examples.map((_, index) =>
    loadConfig({ file: join(folder, `${index}.yaml`) }),
  );
  t.match(accounts, {
    port: 4000,
    trials: 10,
    accounts: [{ username: 'alice', bundles: [{ key: '1'.repeat(32), trials: 5 }] }],
  });
  t.match(places, {
    paths: { '/api/v1/id_cropper/register': 301, '//': 404 },
    latency: { median: 350, 'per-megabyte': 900, sigma: 0.2 },
  });
  t.match(errors!.errors, { CARD_NOT_FOUND: { code: 5123 }, IMAGE_TOO_SMALL: { code: 5124 } });
});
