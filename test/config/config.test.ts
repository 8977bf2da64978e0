import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { type Config, ConfigError, type ConfigSources, loadConfig } from '../../src/config/config.js';
import {
  demoAccount,
  environmentName,
  type Setting,
  settingNames,
  settings,
} from '../../src/config/settings.js';
import { runCommand } from '../support/command.js';

function yamlFile(t: Test, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'settings.yaml');
  writeFileSync(file, text);
  return file;
}

function problemsOf(sources: ConfigSources): readonly string[] {
  try {
    loadConfig(sources);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('flag over environment over file over default, for every type', async (t) => {
  const rows: [
    name: keyof Config,
    kebab: string,
    flag: string,
    env: string,
    file: string,
    values: unknown[],
  ][] = [
    ['port', 'port', '1', '2', '3', [1, 2, 3, 3000]],
    ['host', 'host', 'a', 'b', 'c', ['a', 'b', 'c', '127.0.0.1']],
    ['minConfidence', 'min-confidence', '0.1', '0.2', '0.3', [0.1, 0.2, 0.3, 0.5]],
    ['acceptDataUri', 'accept-data-uri', 'false', 'true', 'true', [false, true, true, false]],
    ['outputFormat', 'output-format', 'png', 'webp', 'jpeg', ['png', 'webp', 'jpeg', 'same']],
    ['seed', 'seed', 'x', 'y', 'z', ['x', 'y', 'z', undefined]],
    ['trialsExhaustedCode', 'trials-exhausted-code', '-1', '2', '3', [-1, 2, 3, undefined]],
  ];
  for (const [name, kebab, flag, env, text, values] of rows) {
    const options = { [name]: flag };
    const environment = { [environmentName(kebab)]: env };
    const file = yamlFile(t, `${kebab}: ${text}\n`);
    const sources = [{ options, environment, file }, { environment, file }, { file }, {}];
    t.same(
      sources.map((source) => loadConfig(source)[name]),
      values,
      kebab,
    );
  }
});

test('an empty variable, an empty file and an undefined option are none', async (t) => {
  const environment = { ID_CROPPER_PORT: '', ID_CROPPER_CONFIG: '' };
  t.equal(loadConfig({ environment, options: { port: undefined }, file: yamlFile(t, '') }).port, 3000);
});

test('the config file may be named by the environment', async (t) => {
  t.equal(loadConfig({ environment: { ID_CROPPER_CONFIG: yamlFile(t, 'port: 7') } }).port, 7);
});

test('text as flags and variables have it', async (t) => {
  const rows: [name: 'port' | 'accept-data-uri' | 'min-confidence', text: string, value: unknown][] = [
    ['port', '0', 0],
    ['port', '65535', 65_535],
    ['accept-data-uri', 'true', true],
    ['accept-data-uri', 'false', false],
    ['min-confidence', '0.25', 0.25],
    ['min-confidence', '1', 1],
    ['port', '-1', '--port must be >= 0 (is -1)'],
    ['port', '65536', '--port must be <= 65535 (is 65536)'],
    ['port', '80.5', '--port must be integer (is 80.5)'],
    ...['abc', '1e3', '0x10', ' 80', '80 ', '1_000', 'Infinity'].map((text): ['port', string, string] => [
      'port',
      text,
      `--port must be integer (is ${JSON.stringify(text)})`,
    ]),
    ...['TRUE', 'yes', '1', 'on'].map((text): ['accept-data-uri', string, string] => [
      'accept-data-uri',
      text,
      `--accept-data-uri must be boolean (is "${text}")`,
    ]),
    ['min-confidence', '1.01', '--min-confidence must be <= 1 (is 1.01)'],
  ];
  for (const [name, text, expected] of rows) {
    const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()) as keyof Config;
    const options = { [camel]: text } as ConfigSources['options'];
    const problems = problemsOf({ options });
    t.same(problems.length > 0 ? problems[0] : loadConfig({ options })[camel], expected, `${name} "${text}"`);
  }
});

test('cors takes * and origins as browsers send them', async (t) => {
  const good = [
    '*',
    'null',
    'https://app.example',
    'http://localhost:5173, capacitor://localhost',
    'http://[::1]:1',
  ];
  for (const cors of good) t.equal(loadConfig({ options: { cors } }).cors, cors);
  const bad = [
    '',
    'localhost:5173',
    'http://localhost:5173/',
    'http://app.example:80',
    'https://App.example',
    'http://u@app.example',
    'http://[',
    'https://*.example',
    'https://app.example https://other.example',
    'true',
  ];
  for (const cors of bad) {
    t.match(problemsOf({ options: { cors } }), [/^--cors must be \* or origins as browsers send them/], cors);
  }
});

test('one message has every problem of every source', async (t) => {
  const file = yamlFile(
    t,
    `
prot: 1
workers: 0
trials: many
host:
errors:
  NO_SUCH_ROW: { en: x }
  NOT_FOUND: { code: 1 }
  CARD_NOT_FOUND: { code: one, note: x }
accounts:
  - { username: a, password: a, client_id: a, client_secret: a, bundles: [{ bundle_key: k }], role: x }
`,
  );
  const sources = {
    file,
    environment: { ID_CROPPER_PROT: '1', ID_CROPPER_MAX_QUEUE: 'many', ID_CROPPER_ACCOUNTS: '[]', PATH: 'x' },
    options: { bodylimit: 1, logLevel: 'loud' } as object,
  };
  t.same([...problemsOf(sources)].sort(), [
    '--log-level must be equal to one of the allowed values: fatal, error, warn, info, debug, trace, silent (is "loud")',
    'ID_CROPPER_MAX_QUEUE must be integer (is "many")',
    'config file: accounts.0 must not have additional properties: role',
    'config file: accounts.0.bundles.0 must have required properties hmac_key',
    'config file: errors must not have additional properties: NO_SUCH_ROW',
    'config file: errors.CARD_NOT_FOUND must not have additional properties: note',
    'config file: errors.CARD_NOT_FOUND.code must be integer',
    'config file: errors.NOT_FOUND must not have additional properties: code',
    'config file: host must not have fewer than 1 characters (is "")',
    'config file: there is no setting "prot"',
    'config file: trials must be integer (is "many")',
    'config file: workers must be >= 1 (is 0)',
    'environment: there is no setting ID_CROPPER_ACCOUNTS',
    'environment: there is no setting ID_CROPPER_PROT',
    'option: there is no setting "bodylimit"',
  ]);
  t.throws(() => loadConfig(sources), { message: /^the configuration has 15 problem\(s\):\n {2}- / });
});

test('in a file, the schema says what a word stands for', async (t) => {
  const file = yamlFile(
    t,
    'seed: 042\ntrials: "7"\naccounts: [{ username: 1, password: 2, client_id: 3, client_secret: 4, bundles: [{ bundle_key: 0000, hmac_key: true, trials: 5 }] }]',
  );
  t.match(loadConfig({ file }), {
    seed: '042',
    trials: 7,
    accounts: [{ username: '1', password: '2', bundles: [{ key: '0000', hmacKey: 'true', trials: 5 }] }],
  });
});

test('files that are none', async (t) => {
  const rows: [sentence: string, text: string, problem: RegExp][] = [
    ['a list', '- port: 1', /must hold settings as "name: value" lines$/],
    ['a word', 'hello', /must hold settings/],
    ['a number', '5', /must hold settings/],
    ['no YAML', 'accounts: [', /Flow sequence .* at line 1/],
    ['a name twice', 'port: 1\nport: 2', /Map keys must be unique at line 2/],
    ['two documents', 'port: 1\n---\nport: 2', /multiple documents/],
    ['a name that objects have', '__proto__: 1', /there is no setting "__proto__"$/],
  ];
  for (const [sentence, text, problem] of rows) {
    const problems = problemsOf({ file: yamlFile(t, text) });
    t.equal(problems.length, 1, sentence);
    t.match(problems[0], problem);
  }
  const broken = yamlFile(t, 'port: 1\ntrials: a: b\n');
  t.throws(
    () => loadConfig({ file: broken }),
    { message: /compact mappings at line 2, column 9:\n\n {4}trials: a: b\n {4} {8}\^$/ },
    'with the line, and the place in it',
  );
  t.match(problemsOf({ file: '/nowhere/settings.yaml' }), [/^config file \/nowhere\/settings.yaml: ENOENT/]);
});

test('the certificate of HTTPS comes from one place, with its key', async (t) => {
  const rows: [options: NonNullable<ConfigSources['options']>, problem: string][] = [
    [{ tlsCert: 'c.pem' }, 'tls-cert and tls-key need each other'],
    [{ tlsKey: 'k.pem' }, 'tls-cert and tls-key need each other'],
    [
      { tlsCert: 'c.pem', tlsKey: 'k.pem', tls: 'self-signed' },
      'tls self-signed and tls-cert exclude each other',
    ],
  ];
  for (const [options, problem] of rows) t.same(problemsOf({ options }), [problem]);
});

const account = (name: string, bundle_key: string) => ({
  username: name,
  password: 'secret-password',
  client_id: `client of ${name}`,
  client_secret: 'secret-secret',
  bundles: [{ bundle_key, hmac_key: 'secret-hmac' }],
});

test('credentials that occur twice, told by their places', async (t) => {
  const accounts = [
    account('a', 'secret-1'),
    account('a', 'secret-2'),
    { ...account('b', 'secret-1'), client_id: 'client of a' },
  ];
  t.same(problemsOf({ options: { accounts, port: -1 } }), [
    '--port must be >= 0 (is -1)',
    'accounts.1.username occurs a second time',
    'accounts.1.client_id occurs a second time',
    'accounts.2.client_id occurs a second time',
    'accounts.2.bundles.0.bundle_key occurs a second time',
  ]);
});

test('no message shows a secret', async (t) => {
  const misshapen = [{ ...account('a', 'secret-1'), bundles: {} }, account('b', '')];
  for (const accounts of [misshapen, misshapen[0]]) {
    const problems = problemsOf({ options: { accounts } as never });
    t.ok(problems.length > 0);
    t.notMatch(problems.join('\n'), 'secret-');
  }
});

test('the configuration is frozen to its depth, and complete', async (t) => {
  const config = loadConfig({
    options: { accounts: [account('a', 'k')], errors: { NOT_FOUND: { en: 'x' } } },
  });
  for (const value of [config, config.accounts, config.accounts[0]!.bundles[0], config.errors.NOT_FOUND])
    t.ok(Object.isFrozen(value));
  t.match(config.accounts[0]!.bundles[0], { key: 'k', trials: 3, services: ['id_cropper'] });
  t.match(loadConfig({ options: { trials: 9 } }).accounts[0], {
    username: demoAccount.username,
    bundles: [{ trials: 9 }],
  });
});

test('every row has a help text, and a default that its own schema accepts', async (t) => {
  for (const name of settingNames) {
    const { help, default: fallback }: Setting = settings[name];
    t.ok(help.length > 10, name);
    const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    t.same(problemsOf({ options: { [camel]: fallback } as never }), [], name);
  }
});

test('a bad configuration stops the command before it listens', async (t) => {
  const file = yamlFile(t, 'workers: 0\n');
  const { status, stdout, stderr } = await runCommand(['--config', file, '--port', 'x'], {
    env: { ID_CROPPER_PROT: '1' },
  });
  t.same([status, stdout], [2, '']);
  t.equal(
    stderr,
    `valify-id-cropper-simulator: the configuration has 3 problem(s):
  - environment: there is no setting ID_CROPPER_PROT
  - --port must be integer (is "x")
  - config file: workers must be >= 1 (is 0)
`,
  );
});
