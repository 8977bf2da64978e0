// npm run check:examples: the clients, backends and the Postman collection of examples/ as their users run them, all against one server. Needs the
// languages that they are written in, and the registries of packages for Express, newman and Django. Outside CI, what is missing is skipped.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import sharp from 'sharp';
import t, { type Test, test } from 'tap';
import { connectMock, fixture } from '../../src/index.js';
import type { MockAccount } from '../../src/mock/account.js';
import { packageRoot } from '../../src/package-root.js';
import type { ScenarioName } from '../../src/scenarios/catalogue.js';
import { startCommand } from '../support/command.js';
import { until } from '../support/until.js';
import { type Client, clients } from './clients.js';
import { installDjango, installPackages, type Newman, run, workshop } from './tools.js';

t.setTimeout(0); // as long as installing takes
mkdirSync(workshop, { recursive: true });

const { url } = await startCommand(t, ['--log-level', 'error']);
await until('the first worker', async () => (await fetch(`${url}/readyz`)).ok);
const mock = await connectMock(url);
const photo = fixture('rotated').path;
const untimed = { timeout: 0 };

/** What tells an example whose account it uses. */
const settingsOf = ({ credentials, bundleKey, hmacKey }: MockAccount) => ({
  VALIFY_URL: url,
  VALIFY_USERNAME: credentials.username,
  VALIFY_PASSWORD: credentials.password,
  VALIFY_CLIENT_ID: credentials.client_id,
  VALIFY_CLIENT_SECRET: credentials.client_secret,
  VALIFY_BUNDLE_KEY: bundleKey,
  VALIFY_HMAC_KEY: hmacKey,
});

const statusesOf = async (account: MockAccount) =>
  (await account.requests({ endpoint: 'crop' })).map(({ status }) => status);

async function checkCard(t: Test, card: string | Buffer): Promise<void> {
  const { format, width, height } = await sharp(card).metadata();
  t.equal(format, 'jpeg');
  t.ok(Math.abs(width / height - 85.6 / 53.98) < 0.1, `ISO/IEC 7810 ID-1, not ${width} × ${height}`);
}

/** What its calls are told, what it says before it ends with 1, and what the calls were answered. */
const refusals: Readonly<Record<string, readonly [told: ScenarioName[], says: RegExp, statuses: number[]]>> =
  {
    'out of trials, and again with a new token': [
      ['trials-exhausted', 'trials-exhausted'],
      /403/,
      [403, 403],
    ],
    'no card': [['no-card'], /422[\s\S]*5009/, [422]],
    'a wrong bundle key, which is not tried again': [['invalid-bundle-key'], /401/, [401]],
    'a proxy’s page': [['bad-gateway'], /502/, [502]],
  };

const isMissing = (program: string) =>
  run(['which', program]).then(
    () => false,
    () => true,
  );

/** Of what makes it and runs it; a program that is yet to be made is not looked for. */
async function missingFor({ prepare, run: command }: Client): Promise<string[]> {
  const programs = [...prepare, command].map(([program]) => program).filter((it) => !it.startsWith(workshop));
  const missing = await Promise.all(programs.map(isMissing));
  return programs.filter((_, i) => missing[i]);
}

for (const [language, client] of Object.entries(clients)) {
  const { file, prepare, run: command } = client;
  test(`${language}: ${file}`, untimed, async (t) => {
    const missing = await missingFor(client);
    if (process.env.CI === undefined && missing.length > 0)
      return t.comment(`not run, for want of ${missing}`);
    for (const step of prepare) await run(step);
    const card = join(t.testdir(), 'card.jpg');
    const cropWith = (env: Readonly<Record<string, string>>) => run([...command, photo, card], { env });

    const { stdout } = await cropWith({ VALIFY_URL: url });
    t.match(stdout, /: transaction [0-9a-f-]{36}, trials remaining 2\n$/, 'with the demo account');
    await checkCard(t, card);

    const account = await mock.account();
    await account.next('token-expired');
    t.match(
      (await cropWith(settingsOf(account))).stdout,
      /trials remaining 2\n$/,
      'a token that has expired',
    );
    t.same(await statusesOf(account), [403, 200], 'tried once more');

    for (const [name, [told, says, statuses]] of Object.entries(refusals)) {
      const account = await mock.account();
      await account.next(told);
      await t.rejects(cropWith(settingsOf(account)), { code: 1, stderr: says }, name);
      t.same(await statusesOf(account), statuses, name);
    }
  });
}

/** What the app is answered when the backend's calls are told this: status, body, and what the calls were answered. */
const appSees: Readonly<
  Record<string, readonly [told: ScenarioName[], status: number, error: string, statuses: number[]]>
> = {
  'no card': [['no-card'], 422, 'take_another_photo', [422]],
  'no picture': [['unsupported-media-type'], 415, 'unsupported_photo', [415]],
  'refused twice': [['token-expired', 'trials-exhausted'], 503, 'try_later', [403, 403]],
  'a wrong bundle key': [['invalid-bundle-key'], 503, 'try_later', [401]],
  'a proxy’s page': [['bad-gateway'], 503, 'try_later', [502]],
};

async function checkBackend(t: Test, account: MockAccount, backend: string): Promise<void> {
  const send = (body: Buffer | string = readFileSync(photo), type = 'image/jpeg') =>
    fetch(`${backend}/card`, {
      method: 'POST',
      headers: { 'content-type': type, 'accept-language': 'ar' },
      body: new Uint8Array(Buffer.from(body)),
    });
  const answered = async () => (await statusesOf(account)).slice(seen);
  let seen = 0;

  for (const told of ['ok', 'token-expired'] as const) {
    await account.next(told);
    const answer = await send();
    t.match([answer.status, answer.headers.get('content-type')], [200, /^image\/jpeg/], told);
    await checkCard(t, Buffer.from(await answer.arrayBuffer()));
  }
  t.same(await answered(), [200, 403, 200], 'a token that has expired is replaced, once');

  for (const [name, [told, status, error, statuses]] of Object.entries(appSees)) {
    seen = (await statusesOf(account)).length;
    await account.next(told);
    const answer = await send();
    t.match([answer.status, await answer.json()], [status, { error }], name);
    t.same(await answered(), statuses, name);
  }
  await account.next('no-card');
  const { message } = (await (await send()).json()) as { readonly message: string };
  t.match(message, /[\u0600-\u06ff]/, 'in the language of the app');
  t.equal((await send('text', 'text/plain')).status, 415, 'what is no picture goes no further');
  t.equal((await send(Buffer.alloc(16 * 1024 * 1024))).status, 413, 'nor what is too large');
}

/** @returns its address, once it has printed it */
async function startBackend(
  t: Test,
  [program, ...words]: string[],
  env: object,
  says: RegExp,
): Promise<string> {
  const child: ChildProcess = spawn('env', ['-u', 'NODE_OPTIONS', program!, ...words], {
    cwd: packageRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  t.teardown(async () => {
    child.kill();
    await once(child, 'close');
  });
  for await (const line of createInterface(child.stdout!)) {
    const address = says.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`${words[0]} did not start`);
}

test('the backend in Express', untimed, async (t) => {
  await installPackages();
  const account = await mock.account();
  // A module is looked for from where the program lies.
  const program = join(workshop, 'server.mjs');
  await run(['cp', 'examples/express/server.mjs', program]);
  const env = { ...settingsOf(account), PORT: '0' };
  const backend = await startBackend(t, [process.execPath, program], env, /listens on (\S+)/);
  await checkBackend(t, account, backend);
});

test('the backend in Django', untimed, async (t) => {
  const python = await installDjango();
  const account = await mock.account();
  const command = [python, '-u', 'examples/django/server.py', 'runserver', '--noreload', '127.0.0.1:0'];
  const env = settingsOf(account);
  const backend = await startBackend(t, command, env, /server at (http:\/\/[\d.:]+)/);
  await checkBackend(t, account, backend);
});

test('the Postman collection, by newman', untimed, async (t) => {
  const newman = (await installPackages())('newman') as Newman;
  const read = (name: string) =>
    JSON.parse(readFileSync(join(packageRoot, 'examples/postman', `${name}.json`), 'utf8'));
  const shown: object[] = [];
  const options = {
    collection: read('collection'),
    environment: read('environment'),
    envVar: [{ key: 'base_url', value: url }],
  };
  const { stats, failures } = await new Promise<Parameters<Parameters<Newman['run']>[1]>[1]['run']>(
    (resolve, reject) => {
      newman
        .run(options, (error, { run }) => (error === null ? resolve(run) : reject(error)))
        .on('script', (_error, { execution }) => {
          const { data } = execution?.return?.visualizer ?? {};
          if (data !== undefined) shown.push(data);
        });
    },
  );
  t.same(
    failures.map(({ source, error }) => `${source.name}: ${error.message}`),
    [],
  );
  t.ok(stats.assertions.total > 20, `${stats.assertions.total} tests in the collection`);
  const picture = /^data:image\/jpeg;base64,\/9j\//;
  t.match(shown, [
    { photo: picture, card: picture },
    { photo: picture, card: picture },
  ]);
});
