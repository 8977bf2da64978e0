import { once } from 'node:events';
import { request } from 'node:https';
import { connect as connectPlainly } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { test } from 'tap';
import { ConfigError } from '../../src/config/config.js';
import { lanAddresses, placesForPhones } from '../../src/http/lan-addresses.js';
import { createServer } from '../../src/server.js';
import { startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';

async function certificateOf(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const certificate = socket.getPeerX509Certificate()!;
  socket.destroy();
  return certificate;
}

async function get(url: string, ca: string) {
  const outgoing = request(`${url}/livez`, { ca, agent: false }).end();
  const [answer] = await once(outgoing, 'response');
  return { status: answer.statusCode, text: await text(answer) };
}

const alive = { status: 200, text: '{"status":"alive"}' };

test('self-signed: a certificate for the names that this machine has', async (t) => {
  const { url } = await startSimulator(t, { tls: 'self-signed' });
  t.match(url, /^https:/);
  const certificate = await certificateOf(url);
  for (const name of ['DNS:localhost', 'IP Address:127.0.0.1']) t.match(certificate.subjectAltName, name);
  t.same(await get(url, certificate.toString()), alive, 'trusted by a client that was given it');
  t.same(await get(url.replace('127.0.0.1', 'localhost'), certificate.toString()), alive);
});

test('a certificate of one’s own', async (t) => {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec' });
  const folder = t.testdir({ 'cert.pem': made.cert, 'key.pem': made.private, 'text.pem': 'hello' });
  const [tlsCert, tlsKey] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const { url } = await startSimulator(t, { tlsCert, tlsKey });
  t.equal((await certificateOf(url)).toString().trim(), made.cert.trim());

  const rows: [options: object, problem: RegExp][] = [
    [{ tlsCert: join(folder, 'none.pem'), tlsKey }, /^tls-cert: ENOENT/],
    [{ tlsCert, tlsKey: tlsCert }, /^tls-cert and tls-key: /],
    [{ tlsCert: join(folder, 'text.pem'), tlsKey }, /^tls-cert and tls-key: /],
  ];
  for (const [options, problem] of rows) {
    const app = createServer({ logLevel: 'silent', ...options });
    t.teardown(() => app.close());
    const error = await app.listen({ port: 0 }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    t.ok(error instanceof ConfigError, String(problem));
    t.match(error, { problems: [problem] });
  }
});

test('the log says why there is no TLS', async (t) => {
  const { url, logText } = await startSimulator(t, { tls: 'self-signed' });
  const plain = connectPlainly(Number(new URL(url).port), '127.0.0.1');
  plain.on('error', () => {}).write('GET / HTTP/1.1\r\n\r\n');
  await until('plain HTTP is named', () => logText().includes('plain HTTP, and this server speaks HTTPS'));
});

test('a client that says nothing does not hold the end up', async (t) => {
  const { url, app } = await startSimulator(t, { tls: 'self-signed', shutdownTimeout: 3600 });
  const { hostname, port } = new URL(url);
  const silent: TLSSocket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
  await once(silent, 'secureConnect');
  silent.on('error', () => {});
  await app.close();
  t.pass();
});

test('addresses for a phone: IPv4 first, none that only this machine knows', async (t) => {
  const at = (address: string, family: string, more: object = {}) =>
    ({ address, family, internal: false, ...more }) as never;
  const interfaces = {
    lo: [at('127.0.0.1', 'IPv4', { internal: true })],
    wlan0: [
      at('fe80::1', 'IPv6', { scopeid: 2 }),
      at('2001:db8::5', 'IPv6', { scopeid: 0 }),
      at('192.168.1.5', 'IPv4'),
    ],
    none: undefined,
  };
  t.same(lanAddresses(interfaces), ['192.168.1.5', '[2001:db8::5]']);
  t.same(lanAddresses({}), []);
});

test('a server for all interfaces names them, but not those of a container', async (t) => {
  const addresses = ['192.168.1.5', '[2001:db8::5]'];
  const rows: [host: string, contained: boolean, places: string[]][] = [
    ['0.0.0.0', false, ['192.168.1.5']],
    ['::', false, addresses],
    ['::', true, []],
    ['127.0.0.1', false, []],
  ];
  for (const [host, contained, places] of rows)
    t.same(placesForPhones(host, contained, addresses), places, `${host}, ${contained}`);
});
