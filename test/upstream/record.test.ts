import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { runCommand } from '../support/command.js';
import { bundleKey, passwordGrant, startSimulator, tokenPath } from '../support/simulator.js';
import { startRecorder, work } from './recorder.js';

const statuses = [400, 401, 400, 400, 200, 400, 401, 415, 200, 422, 403, 403, 403, 404, 405];

test('a day’s work', async (t) => {
  t.setTimeout(110_000); // photos, each cropped twice
  const recorder = await startRecorder(t);
  t.same(await work(recorder), statuses, 'the answers of the service come back as they are');
  const { rows, calls, compared, notCompared } = await recorder.drift();
  t.same(rows, [], 'a service that does what ours does: no drift');
  t.same(notCompared, {});
  t.equal(calls, compared);
  t.equal(calls, statuses.length + 1);

  const entries = await recorder.journal();
  t.equal(entries.length, calls, 'one entry in the journal for each call');
  t.match(
    entries.find(({ crop }) => crop?.format === 'jpeg'),
    {
      status: 200,
      station: 'answer',
      photo: { format: 'jpeg' },
      upstream: {
        status: 200,
        body: { data: { img: 'see crop' }, trials_remaining: '2' },
        crop: { format: 'jpeg' },
      },
      drift: [],
    },
    'with both answers side by side',
  );

  await recorder.deviate((answer) => ({ ...answer, text: answer.text.replace('Bad', 'Wrong') }));
  await work(recorder, []);
  t.match(await recorder.drift(), { differing: 1, rows: [{ row: 'error-400', count: 1 }] });
  t.match(
    (await recorder.journal()).find(({ rule }) => rule === 'MISSING_INPUT'),
    { status: 400, drift: [{ row: 'error-400', theirs: { message: /^Wrong Request/ } }] },
  );
  t.match(recorder.logText(), /"drift":\["error-400"\]/);
});

test('secrets of the service are nowhere in what is remembered', async (t) => {
  t.setTimeout(110_000);
  const secrets = {
    username: 'user@example.test',
    password: 'p%ss&word',
    client_id: 'theirClientId',
    client_secret: 'theirClientSecret',
  };
  const key = 'c0ffee'.repeat(5);
  const recorder = await startRecorder(t, {
    accounts: [{ ...secrets, bundles: [{ bundle_key: key, hmac_key: 'theirHmacKey' }] }],
  });
  const token = await recorder.token({ ...passwordGrant, ...secrets });
  const answer = await recorder.crop(token, { bundle_key: key, img: fixture('card-on-table').base64 });
  t.equal(answer.status, 200);
  const drift = await recorder.drift();
  t.match(drift, { compared: 2, differing: 0 });
  const snapshot = await recorder.exchange({ method: 'GET', path: '/__mock/snapshot' });
  const told = JSON.stringify([await recorder.journal(), drift]) + snapshot.text + recorder.logText();
  for (const secret of [...Object.values(secrets), key, token, encodeURIComponent(secrets.password)])
    t.notOk(told.includes(secret), secret.slice(0, 4));
});

test('it is passed on as it came, but for what concerns one connection, and so is the answer', async (t) => {
  const seen: { raw: string[]; body: string; url: string | undefined }[] = [];
  const service = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ raw: request.rawHeaders, body, url: request.url });
      const headers = [
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'X-Odd',
        'ü',
        'Connection',
        'X-Hop',
        'X-Hop',
        '1',
      ];
      response.writeHead(418, 'Teapot', headers).end('{"odd" : true}');
    });
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  t.teardown(() => service.close());
  const { port } = service.address() as AddressInfo;
  const { exchange } = await startSimulator(t, { upstream: `http://127.0.0.1:${port}/staging/` });
  const headers = { 'X-Own': 'yes', 'Proxy-Authorization': 'Basic x', Connection: 'X-Mine', 'X-Mine': '1' };
  const answer = await exchange({ path: '//api/o/token?x=%2F', headers, body: 'grant_type=%zz' });
  t.equal(answer.status, 418);
  t.equal(answer.text, '{"odd" : true}');
  t.same(answer.headers['set-cookie'], ['a=1', 'b=2']);
  t.notOk('x-hop' in answer.headers);
  t.match(seen, [{ url: '/staging//api/o/token?x=%2F', body: 'grant_type=%zz' }]);
  const names = seen[0]!.raw.filter((_, i) => i % 2 === 0);
  t.same(names, ['Host', 'X-Own', 'Content-Length', 'Connection']);
  t.equal(seen[0]!.raw[1], `127.0.0.1:${port}`);
});

test('nothing but the vendor’s namespace is passed on', async (t) => {
  const { exchange, drift } = await startRecorder(t);
  for (const path of ['/', '/livez', '/docs/', '/favicon.ico', '/apis', '/__mock/settings'])
    await exchange({ method: 'GET', path });
  t.equal((await drift()).calls, 0);
});

test('an upstream that is away: 503 in the vendor’s shape, and the log says why', async (t) => {
  const { exchange, log } = await startSimulator(t, { upstream: 'http://127.0.0.1:1' });
  const answer = await exchange({ path: tokenPath, body: 'x' });
  t.equal(answer.status, 503);
  t.equal(answer.text, '{"message":"Service Unavailable"}');
  t.match(log(), [{ status: 503, reason: /no answer of the upstream: .*ECONNREFUSED/ }]);
  const { requests } = JSON.parse((await exchange({ method: 'GET', path: '/__mock/requests' })).text);
  t.match(requests, [{ status: 503, upstream: null, drift: null }]);
});

test('what would be too long for this server is not passed on', async (t) => {
  const service = await startSimulator(t);
  const { exchange } = await startSimulator(t, { upstream: service.url, bodyLimit: 100 });
  t.equal((await exchange({ path: tokenPath, body: 'x'.repeat(101) })).status, 413);
});

test('a token whose login was not seen, a renewed one, and calls at the same time', async (t) => {
  t.setTimeout(110_000);
  const recorder = await startRecorder(t);
  const body = { bundle_key: bundleKey, img: fixture('card-on-table').base64 };
  const foreign = await recorder.service.token();
  await recorder.service.crop(foreign, body);
  t.equal((await recorder.crop(foreign, body)).status, 200);
  t.equal((await recorder.crop(foreign, { ...body, bundle_key: 'unknown' })).status, 401);
  const login = await recorder.exchange({
    path: tokenPath,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(passwordGrant).toString(),
  });
  const { refresh_token } = JSON.parse(login.text);
  const { client_id = '', client_secret = '' } = passwordGrant;
  const renewed = await recorder.token({
    grant_type: 'refresh_token',
    refresh_token,
    client_id,
    client_secret,
  });
  await Promise.all([body, body, body].map((each) => recorder.crop(renewed, each)));
  t.equal((await recorder.crop(renewed, body)).status, 403, 'no trials left');
  t.same((await recorder.drift()).rows, []);
});

test('what only the upstream knows is not taken for drift', async (t) => {
  const recorder = await startRecorder(t);
  const body = { bundle_key: 'unknown', img: fixture('card-on-table').base64 };
  await recorder.crop(await recorder.service.token(), body);
  t.match(await recorder.drift(), {
    compared: 0,
    notCompared: { 'whether its token or its bundle key was wrong, only the upstream knows': 1 },
  });
});

test('without an upstream there is no drift to ask for; a wrong address is refused', async (t) => {
  const { exchange } = await startSimulator(t);
  const answer = await exchange({ method: 'GET', path: '/__mock/drift' });
  t.match(answer, { status: 409, text: /--upstream URL/ });
  for (const upstream of ['host', 'ftp://host', 'https://user:secret@host', 'https://host?x=1'])
    t.match(await runCommand(['serve', '--upstream', upstream]), { status: 2, stderr: /upstream/ }, upstream);
});
