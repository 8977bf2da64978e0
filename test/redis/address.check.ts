import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { generate } from 'selfsigned';
import { type Test, test } from 'tap';
import { runCommand } from '../support/command.js';
import { unreadableJpeg } from '../support/photos.js';
import { freePort, startRedis } from '../support/redis.js';
import { crop, logIn, startReplica } from '../support/replicas.js';
import { openSharedState } from '../support/shared-state.js';
import { until } from '../support/until.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The files of an authority of its own, and of a server that it vouches for. */
async function certificates(t: Test) {
  const directory = await mkdtemp(join(tmpdir(), 'id-cropper-tls-'));
  t.teardown(() => rm(directory, { recursive: true }));
  const authority = await generate([{ name: 'commonName', value: 'authority of a test' }], {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ca: { key: authority.private, cert: authority.cert },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const write = async (name: string, pem: string) => {
    const path = join(directory, name);
    await writeFile(path, pem);
    return path;
  };
  return {
    ca: await write('ca.pem', authority.cert),
    cert: await write('server.pem', server.cert),
    key: await write('server.key', server.private),
  };
}

test('rediss: a server is believed that an authority vouches for, and no other', {
  timeout: 120_000,
}, async (t) => {
  const { ca, cert, key } = await certificates(t);
  const port = await freePort();
  const tls = ['--tls-port', String(port), '--tls-cert-file', cert, '--tls-key-file', key];
  await startRedis(t, [
    ...tls,
    '--tls-ca-cert-file',
    ca,
    '--tls-auth-clients',
    'no',
    '--requirepass',
    's3cret',
  ]);
  const state = `rediss://:s3cret@localhost:${port}`;

  const { url } = await startReplica(t, ['--state', state], { NODE_EXTRA_CA_CERTS: ca });
  t.equal((await crop(url, await logIn(url), unreadableJpeg)).status, 422, 'over TLS');

  const doubtful = await runCommand(['serve', '--port', '0', '--state', state]);
  t.equal(doubtful.status, 1);
  t.match(doubtful.stderr, /cannot be used: .*certificate/i);
  const plain = await runCommand(['serve', '--port', '0', '--state', state.replace('rediss', 'redis')]);
  t.equal(plain.status, 1, 'nor is anything said without TLS');
});

test('a user of an access list, who may touch the keys of one prefix alone', {
  timeout: 120_000,
}, async (t) => {
  const allowed = ['on', '>s3cret', '~ci-7:*', '+@all', '-@admin', '-@dangerous'];
  const redis = await startRedis(t, ['--user', 'default', 'off', '--user', 'simulator', ...allowed]);
  const state = (user: string, prefix: string) => `${redis.url.replace('//', `//${user}@`)}?prefix=${prefix}`;
  const { url } = await startReplica(t, ['--state', state('simulator:s3cret', 'ci-7')]);
  t.equal((await crop(url, await logIn(url), unreadableJpeg)).status, 422);
  const elsewhere = await runCommand(['serve', '--port', '0', '--state', state('simulator:s3cret', 'ci-8')]);
  t.equal(elsewhere.status, 1);
  t.match(elsewhere.stderr, /cannot be used: .*(NOPERM|can't access at least one of the keys)/);
  const stranger = await runCommand(['serve', '--port', '0', '--state', state('nobody:s3cret', 'ci-7')]);
  t.match(stranger.stderr, /WRONGPASS/);
});

async function connectTo(t: Test, url: string) {
  const client = await createClient({ url }).connect();
  t.teardown(() => client.destroy());
  return client;
}

test('every key has the prefix and ends by itself', { timeout: 60_000 }, async (t) => {
  const redis = await startRedis(t);
  const state = await openSharedState(`${redis.url}?prefix=mine&ttl=100`, { seed: 'a' });
  t.teardown(() => state.close());
  const { store, controls, clocks } = state;
  const token = { username: 'alice', clientId: 'c', scope: 'read', issuedAtMs: 1, expiresAtMs: 2 };
  const { accessToken } = await store.issueToken(token);
  const [kept] = [
    await store.takeTrial(accessToken, 'id_cropper', 3),
    await store.takeTrial(accessToken, 'x', 3),
  ];
  await store.keepTrial(accessToken, 'id_cropper', kept.hold);
  const item = { scenario: { name: 'slow', parameters: { ms: 1 } }, times: 1, endpoint: 'crop' } as const;
  await store.enqueue('alice', [item]);
  await store.beginCall('alice', 'crop', false);
  await controls.change(() => clocks.server.advance(1));
  state.journal.add({ path: '/' } as never, {});
  await until('the entry', async () => (await state.journal.list()).length === 1);

  const client = await connectTo(t, redis.url);
  const keys = (await client.keys('*')).sort();
  const kinds = new Set(keys.map((key) => key.replace(/^(mine:(?:token|tokens|account|queue):).*/, '$1…')));
  t.same([...kinds].sort(), [
    'mine:account:…',
    'mine:accounts',
    'mine:bundles',
    'mine:clients',
    'mine:configured',
    'mine:controls',
    'mine:held',
    'mine:holds',
    'mine:journal',
    'mine:journal:facts',
    'mine:kept',
    'mine:queue:…',
    'mine:refresh',
    'mine:seed',
    'mine:seq',
    'mine:token:…',
    'mine:tokens',
    'mine:tokens:…',
  ]);
  for (const key of keys) {
    const left = await client.ttl(key);
    t.ok(left > 0 && left <= 100, `${key}: ${left} s`);
  }
});

test('the state outlives its ttl while a replica lives, and no longer', { timeout: 60_000 }, async (t) => {
  const redis = await startRedis(t);
  const client = await connectTo(t, redis.url);
  const state = await openSharedState(`${redis.url}?ttl=2`, { seed: 'a' });
  const { accessToken } = await state.store.issueToken({
    username: 'alice',
    clientId: 'c',
    scope: 'read',
    issuedAtMs: 1,
    expiresAtMs: 2,
  });
  await pause(4000);
  t.equal((await state.store.findToken(accessToken))?.username, 'alice', 'twice its time');
  await state.close();
  await until('all is gone', async () => (await client.dbSize()) === 0);
});

test('a trial that its holder does not keep comes back when the lease is over', {
  timeout: 60_000,
}, async (t) => {
  const redis = await startRedis(t);
  const leewayMs = 5000; // of redis-state.ts
  const state = await openSharedState(redis.url, { seed: 'a', longestCropMs: () => 1000 - leewayMs });
  t.teardown(() => state.close());
  const { store } = state;
  const grant = { username: 'alice', clientId: 'c', scope: 'read', issuedAtMs: 1, expiresAtMs: 2 };
  const { accessToken } = await store.issueToken(grant);
  const take = () => store.takeTrial(accessToken, 'id_cropper', 3);
  const left = () => store.countTrials(accessToken, 'id_cropper', 3);
  const [dead, alive] = [await take(), await take()];
  t.equal(await store.keepTrial(accessToken, 'id_cropper', alive.hold), true);
  t.equal(await left(), 1, 'held, and kept');
  await pause(1500);
  t.equal(await left(), 2, 'what was kept stays spent');
  t.equal(await store.keepTrial(accessToken, 'id_cropper', dead.hold), false, 'there must be no answer now');
  await store.returnTrial(accessToken, 'id_cropper', dead.hold);
  t.equal(await left(), 2, 'nor does it come back twice');
});
