import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { type Test, test } from 'tap';
import { parse as parseYaml } from 'yaml';
import { configSchema } from '../../scripts/config-schema.js';
import { ConfigError, loadConfig } from '../../src/config/config.js';
import { type Setting, type SettingName, settingNames, settings } from '../../src/config/settings.js';
import { packageRoot } from '../../src/package-root.js';

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');
const schema = JSON.parse(read('config.schema.json')) as { properties: Record<string, unknown> };
const check = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** As an editor sees the file, by YAML 1.2's own types, and as the program does. */
function judge(t: Test, text: string): { editor: boolean; program: boolean } {
  const file = join(t.testdirName, 'simulator.yaml');
  if (!existsSync(t.testdirName)) t.testdir({});
  writeFileSync(file, text);
  const editor = check(parseYaml(text));
  try {
    loadConfig({ file });
    return { editor, program: true };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { editor, program: false };
  }
}

const taken = { editor: true, program: true };
const refused = { editor: false, program: false };

test('config.schema.json is as the table of settings has it (npm run docs writes it)', async (t) => {
  t.equal(read('config.schema.json'), configSchema());
  t.strictSame(Object.keys(schema.properties), settingNames);
});

/** A value that each setting refuses: one beyond its bound, a name that there is not, nothing. */
function wrongValues(name: SettingName): string[] {
  const { schema } = settings[name] as Setting;
  const {
    enum: values,
    type,
    minimum,
    maximum,
  } = schema as {
    enum?: string[];
    type?: string;
    minimum?: number;
    maximum?: number;
  };
  if (values) return ['no-such-value', '""'];
  if (type === 'boolean') return ['maybe', '1', '""'];
  if (type === 'string')
    return name === 'cors' ? ['app.example', 'https://a.example/path'] : ['""', '{a: b}'];
  if (type === 'array') return ['"text"', '{a: b}'];
  if (type === 'object') return ['"text"', '{NO_SUCH_ROW: {code: 1}}'];
  return ['many', '1.5.2', ...(minimum === undefined ? [] : [`${minimum - 1}`, `${maximum! + 1}`])];
}

test('a wrong value is refused by the schema and by the program', async (t) => {
  for (const name of settingNames) {
    const wrong = wrongValues(name);
    t.not(wrong.length, 0, name);
    for (const value of wrong) t.strictSame(judge(t, `${name}: ${value}\n`), refused, `${name}: ${value}`);
  }
});

const account = (more: string) =>
  `accounts: [{username: a, password: 12345, client_id: c, client_secret: true, bundles: [{bundle_key: 111, hmac_key: h}]${more}}]`;

const files: readonly (readonly [text: string, verdict: typeof taken])[] = [
  ['# nothing but a comment', taken],
  ['no-such-setting: 1', refused],
  ['- a list', refused],
  ['tls: off\ncontrol: on\nlog-level: silent', taken],
  ['cors: "https://app.example, http://localhost:5173"', taken],
  ['cors: "*"', taken],
  ['default-scenario: slow;ms=500', taken],
  ['default-scenario: 422-5048', taken],
  ['default-scenario: 503', taken],
  ['default-scenario: 200', taken],
  ['default-scenario: 302', refused],
  ['default-scenario: no-crad', refused],
  [account(''), taken],
  [account(', default_scenario: no-card'), taken],
  [account(', default_scenario: no-crad'), refused],
  [account(', pin: 1'), refused],
  ['accounts: []', refused],
  ['accounts: [{username: a}]', refused],
  ['rules: [{scenario: bad-gateway, every: 20}]', taken],
  ['rules: [{scenario: bad-gateway, every: 0}]', refused],
  ['rules: [{scenario: bad-gateway, endpoint: elsewhere}]', refused],
  ['rules: [{every: 20}]', refused],
  ['errors: {CARD_NOT_FOUND: {code: 5123, en: No card}}', taken],
  ['errors: {CARD_NOT_FOUND: {code: many}}', refused],
  ['errors: {NOT_FOUND: {code: 5123}}', refused],
];

test('files that the schema and the program judge alike', async (t) => {
  for (const [text, verdict] of files) t.strictSame(judge(t, text), verdict, text);
});

/** The other limit of each number, and each default. */
test('what a setting allows, the schema allows', async (t) => {
  for (const name of settingNames) {
    const { schema, default: fallback, reach } = settings[name] as Setting;
    const {
      enum: values = [],
      minimum,
      maximum,
    } = schema as {
      enum?: string[];
      minimum?: number;
      maximum?: number;
    };
    const usual = fallback === undefined || reach === 'file' ? [] : [fallback];
    const allowed = [...values, minimum, maximum, ...usual].filter((value) => value !== undefined);
    for (const value of allowed) t.strictSame(judge(t, `${name}: ${value}`), taken, `${name}: ${value}`);
  }
});

test('the config files of the docs', async (t) => {
  const pages = ['docs/settings.md', 'docs/scenarios.md', 'docs/recipes.md'];
  const examples = pages.flatMap((page) =>
    [...read(page).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => [page, text!] as const),
  );
  t.ok(examples.length >= 3);
  for (const [page, text] of examples) t.strictSame(judge(t, text), taken, page);
});

test('the schema is where the docs say that an editor finds it', async (t) => {
  const [, path] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(read('docs/settings.md'))!;
  t.equal(path, 'node_modules/valify-id-cropper-simulator/config.schema.json');
  const { files } = JSON.parse(read('package.json')) as { files: string[] };
  t.ok(files.includes('config.schema.json'), 'it is published');
});
