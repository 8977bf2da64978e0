import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { environmentName, settingNames, settings } from '../../src/config/settings.js';
import { packageRoot } from '../../src/package-root.js';
import { builtCommand } from '../support/built-command.js';
import { runProgram } from '../support/program.js';
import { startSimulator } from '../support/simulator.js';
import { copiedFromContext, findLast, readExecForm, readStages } from './dockerfile.js';

// What can be said of the image without an engine; `npm run docker-check` builds and runs it.
const stages = readStages();
const image = stages.at(-1)!;
const { bin, version, name, license, author } = JSON.parse(
  readFileSync(join(packageRoot, 'package.json'), 'utf8'),
) as Readonly<Record<'bin' | 'version' | 'name' | 'license' | 'author', string>>;

test('two stages on one base image', async (t) => {
  const bases = stages.map((stage) => findLast(stage, 'FROM').split(' ')[0]);
  t.strictSame(bases, ['node:24-bookworm-slim', 'node:24-bookworm-slim']);
});

test('labels say what the image is', async (t) => {
  const labels = Object.fromEntries(
    [...findLast(image, 'LABEL').matchAll(/org\.opencontainers\.image\.([\w.]+)="([^"]*)"/g)].map(
      ([, key, value]) => [key, value],
    ),
  );
  t.match(labels, {
    title: name,
    licenses: license,
    authors: author,
    version,
    'base.name': findLast(image, 'FROM'),
  });
  t.notMatch(labels, { source: '' }, 'there is no public address yet');
});

test('the build context holds what is copied from it and nothing else', async (t) => {
  const lines = readFileSync(join(packageRoot, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const copied = copiedFromContext(stages);
  t.strictSame(lines, ['*', ...new Set(copied.map((path) => `!${path}`))]);
  t.ok(copied.includes('src'), 'the sources at least');
  for (const path of copied) t.ok(existsSync(join(packageRoot, path)), path);
});

test('the image runs the command of the package, as an ordinary user, on the default port', async (t) => {
  t.strictSame(readExecForm(findLast(image, 'ENTRYPOINT')), [
    'node',
    '--disable-sigusr1', // nobody opens a debugger
    '--max-semi-space-size=4', // all of it in 512 MB
    `/app/${bin}`,
  ]);
  t.equal(findLast(image, 'USER'), 'node');
  t.equal(findLast(image, 'EXPOSE'), String(settings.port.default));
});

test('its environment holds settings that there are', async (t) => {
  const names = [...findLast(image, 'ENV').matchAll(/(ID_CROPPER_\w+)=/g)].map(([, name]) => name!);
  t.ok(names.includes(environmentName('host')), 'loopback would be out of reach');
  for (const name of names) t.ok(settingNames.map(environmentName).includes(name), name);
});

test('its health check is a command of ours that finds the server by the environment', async (t) => {
  const [node, command, ...words] = readExecForm(findLast(image, 'HEALTHCHECK'));
  t.strictSame([node, command], ['node', `/app/${bin}`]);
  const { app, url } = await startSimulator(t, { workers: 1 }, { warmUp: true });
  await untilReady(url);
  const check = () =>
    runProgram([builtCommand, ...words], {
      env: { ID_CROPPER_HOST: '0.0.0.0', ID_CROPPER_PORT: new URL(url).port },
    });
  t.match((await check()).stdout, /is ready/);
  await app.close();
  await t.rejects(check(), { code: 1 });
});

async function untilReady(url: string): Promise<void> {
  while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 50));
}
