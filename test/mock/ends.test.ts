import { once } from 'node:events';
import { createServer as createHttpServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'tap';
import { connectMock, createServer, startMock } from '../../src/index.js';
import { cropperPath } from '../support/simulator.js';

const patienceMs = 60_000; // far more than any of these may take, far less than the waits that they cut short

test('close() ends streams, waits and requests that hang', { timeout: patienceMs / 2 }, async (t) => {
  const mock = await startMock({ warm: false });
  const token = await mock.defaultAccount.token();
  await mock.onRequest(() => {});
  const waiting = t.rejects(mock.waitForRequest({ status: 418 }, { timeout: patienceMs }), {
    name: 'MockError',
    detail: 'the client was closed',
  });
  // Not by `fetch`: that of Node 20 has been seen to keep nobody waiting, and never to end, where its server ends while it connects.
  const request = httpRequest(mock.url + cropperPath, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'x-mock-scenario': `time-out;ms=${patienceMs}` },
  });
  const hanging = t.rejects(once(request, 'response'));
  request.end();
  await once(request, 'finish');
  // Sent on a connection of its own; the server has it as soon as it has answered a later one.
  await mock.countRequests();
  await mock.close();
  await Promise.all([waiting, hanging, mock.close()]);
  await t.rejects(fetch(mock.url), 'nobody listens any more');
  await t.rejects(mock.requests(), { name: 'MockError', status: null, detail: 'the client was closed' });
});

test('close() right after the start', async (t) => {
  const mock = await startMock({ warm: false });
  await t.resolves(mock.close());
});

test('close() of connectMock leaves the server and other clients alone', async (t) => {
  const app = createServer({ logLevel: 'silent' });
  t.teardown(() => app.close());
  const url = await app.listen({ port: 0 });
  const [one, other] = [await connectMock(url), await connectMock(url)];
  await one.onRequest(() => {});
  await one.close();
  await t.resolves(other.requests());
  await other.close();
});

test('it closes itself at the end of its block', async (t) => {
  let url: string;
  {
    await using mock = await startMock({ warm: false });
    url = mock.url;
    t.equal((await fetch(`${url}/livez`)).status, 200);
  }
  await t.rejects(fetch(url));
});

test('a stream ends with its server', async (t) => {
  const server = await startMock({ warm: false });
  const mock = await connectMock(server.url);
  await mock.onRequest(() => {});
  await server.close();
  await t.rejects(mock.requests(), { name: 'MockError', status: null, detail: /no answer from/ });
  await mock.close();
});

test('bad options are refused, and nothing keeps running', async (t) => {
  await t.rejects(startMock({ trials: -1 }), { name: 'ConfigError', message: /--trials/ });
  await t.rejects(startMock({ port: 'x' as never }), {
    name: 'ConfigError',
    problems: ['--port must be integer (is "x")'],
  });
  await t.rejects(startMock({ colour: 1 } as never), { name: 'ConfigError', message: /no setting "colour"/ });
  await using mock = await startMock({ warm: false });
  const port = Number(new URL(mock.url).port);
  await t.rejects(startMock({ port }), { code: 'EADDRINUSE' });
});

test('an option that there is not is refused, with those that there are', async (t) => {
  await using mock = await startMock({ warm: false });
  const slip = { timeoutMs: 5 } as never;
  const detail = /has no option "timeoutMs"; there is (token, )?(timeout|replace)$/;
  await t.rejects(mock.waitForRequest({}, slip), { name: 'MockError', detail });
  await t.rejects(mock.waitForRequests(2, {}, slip), { name: 'MockError', detail });
  await t.rejects(mock.account({}, slip), { name: 'MockError', detail });
  await t.rejects(connectMock(mock.url, slip), { name: 'MockError', detail: /there is token, timeout$/ });
  await t.rejects(connectMock(mock.url, { timeout: 'soon' }), {
    name: 'MockError',
    detail: /"soon" is no duration/,
  });
  await t.rejects(mock.waitForRequest({}, { timeout: 'soon' }), {
    name: 'MockError',
    detail: /"soon" is no duration/,
  });
  await t.rejects(mock.requests(slip), { name: 'MockError', status: 422, detail: /timeoutMs/ });
});

test('a control API that is off, or asks for a token', async (t) => {
  await t.rejects(startMock({ control: 'off', warm: false }), {
    name: 'MockError',
    status: 404,
    detail: /is the control API on/,
  });
  await using mock = await startMock({ warm: false, controlToken: 'let me in' });
  await t.rejects(connectMock(mock.url), { name: 'MockError', status: 401, detail: /control-token/ });
  const other = await connectMock(mock.url, { token: 'let me in' });
  t.equal((await other.accounts()).length, 1);
  await other.close();
});

test('a server that says nothing', async (t) => {
  const mute = createHttpServer().listen(0, '127.0.0.1');
  t.teardown(() => mute.close());
  await once(mute, 'listening');
  const url = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
  await t.rejects(connectMock(url, { timeout: 5 }), {
    name: 'MockError',
    status: null,
    detail: `GET /accounts: no answer from ${url} within 5 ms`,
  });
});

test('a server without an account', async (t) => {
  await using server = await startMock({ warm: false });
  await server.defaultAccount.delete();
  await using mock = await connectMock(server.url);
  t.throws(() => mock.next, { name: 'MockError', detail: /no account/ });
  const account = await mock.account({ bundles: [] });
  t.throws(() => account.bundleKey, { name: 'MockError', detail: /has no bundle/ });
});
