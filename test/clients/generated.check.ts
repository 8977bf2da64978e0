import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Test, test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { bundleKey, startSimulator } from '../support/simulator.js';

// Not part of `npm test`, which needs nothing but Node: this one needs Python, a JDK, Maven and the registries of packages
// (`npm run check:clients`). Versions of generators are pinned: another one is another check.
const execute = promisify(execFile);
const document = join(packageRoot, 'openapi.yaml');
const photo = join(packageRoot, 'fixtures/photos/card-on-table.jpg');
const minutes = { timeout: 900_000 };

/** What is made of a folder of this one: `build/` is passed over by Git, and by the linters. */
function workshop(name: string): string {
  const folder = join(packageRoot, 'build/clients', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(packageRoot, 'test/clients', name), folder, { recursive: true });
  cpSync(document, join(folder, 'openapi.yaml'));
  return folder;
}

/** @throws with what it printed */
async function run(folder: string, program: string, ...options: string[]): Promise<string> {
  try {
    const { stdout } = await execute(program, options, { cwd: folder, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(
      `${program} ${options.join(' ')}: ${error}\n${stdout.slice(-4000)}\n${stderr.slice(-4000)}`,
    );
  }
}

const called = ['200 /9j/ 36 2', '200 /9j/ 36 1', '422 5009 0'];

function checkLines(t: Test, output: string, types: readonly string[]): void {
  const lines = output.trim().split('\n');
  const [fields, calls] = [
    lines.filter((line) => line.includes(': ')),
    lines.filter((line) => !line.includes(': ')),
  ];
  t.same(fields.sort(), [...types].sort(), 'every field has a plain type');
  t.same(calls, called, 'both paths, and a refusal');
}

const callArguments = (url: string) => [url, photo, bundleKey];

test('Spectral has nothing to say', minutes, async (t) => {
  const files = [document, join(packageRoot, 'docs/control-api.yaml')];
  const spectral = [
    '--yes',
    '--package',
    '@stoplight/spectral-cli@6.16.3',
    '--',
    'spectral',
    'lint',
    '--fail-severity',
    'hint',
  ];
  const output = await run(packageRoot, 'npx', ...spectral, ...files);
  t.match(output, /^No results/);
});

test('a client in TypeScript, by openapi-typescript', minutes, async (t) => {
  const { url } = await startSimulator(t, { workers: 1 });
  const folder = workshop('typescript');
  await run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--no-package-lock');
  await run(folder, 'npm', 'run', 'build');
  // The types were checked by the compiler.
  checkLines(t, await run(folder, 'node', 'crop.js', ...callArguments(url)), []);
});

test('a client in Python, by openapi-python-client', minutes, async (t) => {
  const { url } = await startSimulator(t, { workers: 1 });
  const folder = workshop('python');
  await run(folder, process.env.PYTHON ?? 'python3', '-m', 'venv', 'venv');
  await run(folder, 'venv/bin/pip', 'install', '--quiet', 'openapi-python-client==0.29.1');
  const options = [
    '--path',
    'openapi.yaml',
    '--meta',
    'none',
    '--output-path',
    'cropper_client',
    '--fail-on-warning',
  ];
  await run(folder, 'venv/bin/openapi-python-client', 'generate', '--config', 'generator.yaml', ...options);
  checkLines(t, await run(folder, 'venv/bin/python', 'crop.py', ...callArguments(url)), [
    'CropAnswer.data: CropAnswerData',
    'CropAnswer.transaction_id: str',
    'CropAnswer.trials_remaining: str',
    'CropAnswerData.img: str',
    'CropRequest.bundle_key: str',
    'CropRequest.img: str',
    'CropRequest.lang: CropRequestLang | Unset',
    'Message.message: str',
    'TokenAnswer.access_token: str',
    'TokenAnswer.expires_in: int',
    'TokenAnswer.refresh_token: str',
    'TokenAnswer.scope: str',
    'TokenAnswer.token_type: str',
    'TokenError.error: str',
    'TokenError.error_description: str | Unset',
    ...['client_id', 'client_secret', 'password', 'refresh_token', 'scope', 'username'].map(
      (field) => `TokenRequest.${field}: str | Unset`,
    ),
    'TokenRequest.grant_type: TokenRequestGrantType',
    'Unprocessable.error_code: int',
    'Unprocessable.message: str',
    'Unprocessable.transaction_id: str | Unset',
    'Unprocessable.trials_remaining: str | Unset',
  ]);
});

test('a client in Java, by openapi-generator', minutes, async (t) => {
  const { url } = await startSimulator(t, { workers: 1 });
  const folder = workshop('java');
  const classPath = '-Dmdep.outputFile=target/classpath';
  await run(folder, 'mvn', '-B', '-q', classPath, 'compile', 'dependency:build-classpath');
  const java = ['-cp', `target/classes:${await run(folder, 'cat', 'target/classpath')}`, 'Crop'];
  checkLines(t, await run(folder, 'java', ...java, ...callArguments(url)), [
    'CropAnswer.data: CropAnswerData',
    'CropAnswer.transaction_id: String',
    'CropAnswer.trials_remaining: String',
    'CropAnswerData.img: String',
    'CropRequest.bundle_key: String',
    'CropRequest.img: String',
    'CropRequest.lang: LangEnum',
    'Message.message: String',
    'TokenAnswer.access_token: String',
    'TokenAnswer.expires_in: Integer',
    'TokenAnswer.refresh_token: String',
    'TokenAnswer.scope: String',
    'TokenAnswer.token_type: String',
    'TokenError.error: String',
    'TokenError.error_description: String',
    'Unprocessable.error_code: Integer',
    'Unprocessable.message: String',
    'Unprocessable.transaction_id: String',
    'Unprocessable.trials_remaining: String',
  ]);
});
