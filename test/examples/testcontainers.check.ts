// npm run check:examples: the Testcontainers module, with Testcontainers itself and what stands in for an engine. With ENGINE=docker, as in
// `npm run docker-check`, in a real one that has the image.
import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import t, { test } from 'tap';
import { connectMock, fixture } from '../../src/index.js';
import { startEngine } from './docker-engine.js';
import { compileWithPackages, installPackages, workshop } from './tools.js';

t.setTimeout(0); // as long as installing takes
mkdirSync(workshop, { recursive: true });

/** What the module is, to those who have not its types. */
interface Module {
  readonly IdCropperContainer: new (image: string) => Container;
}

interface Container {
  withTrials(trials: number): Container;
  withControlToken(token: string): Container;
  withSetting(name: string, value: string | number | boolean): Container;
  start(): Promise<Started>;
}

interface Started {
  getUrl(): string;
  getControlToken(): string;
  getCredentials(): Readonly<Record<string, string>>;
  getBundleKey(): string;
  stop(): Promise<unknown>;
}

async function crop(container: Started): Promise<Response> {
  const login = await fetch(`${container.getUrl()}/api/o/token/`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', ...container.getCredentials() }),
  });
  const { access_token } = (await login.json()) as { readonly access_token: string };
  return fetch(`${container.getUrl()}/api/v1/id_cropper_register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ bundle_key: container.getBundleKey(), img: fixture('already-cropped').base64 }),
  });
}

test('the module compiles, starts, is told what to do, and stops', { timeout: 0 }, async (t) => {
  await installPackages();
  const source = 'examples/testcontainers/id-cropper-container.ts';
  const file = await compileWithPackages(source);
  const standIn = process.env.ENGINE === 'docker' ? undefined : await startEngine(t);
  if (standIn !== undefined) process.env.DOCKER_HOST = standIn.host;
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  const { IdCropperContainer } = (await import(pathToFileURL(file).href)) as Module;
  const container = await new IdCropperContainer('valify-id-cropper-simulator')
    .withTrials(1)
    .withControlToken('a word')
    .withSetting('token-lifetime', 60)
    .start();

  if (standIn !== undefined) {
    const { create } = standIn.containers[0]!;
    t.match(create.Image, /^valify-id-cropper-simulator(:latest)?$/);
    for (const variable of ['ID_CROPPER_TRIALS=1', 'ID_CROPPER_SEED=reproducible'])
      t.ok(create.Env.includes(variable), variable);
  }

  const answer = await crop(container);
  t.match([answer.status, await answer.json()], [200, { trials_remaining: '0' }]);
  await t.rejects(connectMock(container.getUrl(), { token: 'another' }), /control-token/);
  const mock = await connectMock(container.getUrl(), { token: container.getControlToken() });
  await mock.next('no-card');
  t.equal((await crop(container)).status, 422);
  await mock.close();

  await container.stop();
  await t.rejects(fetch(container.getUrl()), 'it has stopped');
});
