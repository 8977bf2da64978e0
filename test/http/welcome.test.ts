import { test } from 'tap';
import { startSimulator } from '../support/simulator.js';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test('a browser is told where to go; a program gets the vendor’s 404', async (t) => {
  const { exchange, log } = await startSimulator(t, { control: 'off' });
  const get = (path: string, headers = {}, method = 'GET') => exchange({ method, path, headers });
  const page = await get('/', browser);
  t.match(page, { status: 200, headers: { 'content-type': /^text\/html/ } });
  for (const [, link] of page.text.matchAll(/href="([^"]+)"/g))
    t.equal((await get(link!)).status, 200, link!);
  t.same(log(), [], 'its visits are nobody’s calls');

  const rows: [method: string, path: string, headers: object][] = [
    ['GET', '/', {}],
    ['GET', '/', { accept: '*/*' }],
    ['POST', '/', browser],
    ['GET', '/nowhere', browser],
  ];
  for (const [method, path, headers] of rows)
    t.match(await get(path, headers, method), { status: 404, text: '{"message":"Not Found"}' });
  t.equal(log().length, rows.length, 'and stands in the log');
});

test('with a control API, a browser is led to the inspector; a program gets the vendor’s 404', async (t) => {
  const { exchange, log } = await startSimulator(t);
  const get = (path: string, headers = {}, method = 'GET') => exchange({ method, path, headers });
  t.match(await get('/', browser), { status: 302, headers: { location: '/__mock/' } });
  t.match((await get('/__mock/', browser)).headers, { 'content-type': /^text\/html/ });
  t.same(log(), [], 'its visits are nobody’s calls');
  for (const headers of [{}, { accept: '*/*' }])
    t.match(await get('/', headers), { status: 404, text: '{"message":"Not Found"}' });
  const remembered = JSON.parse((await get('/__mock/requests')).text) as { requests: object[] };
  t.same([log().length, remembered.requests.length], [2, 2], 'and stands in the log and the journal');
});

test('a browser that comes by a strange name is told where to go, and not led to a page that refuses it', async (t) => {
  const { exchange } = await startSimulator(t);
  const page = await exchange({ method: 'GET', path: '/', headers: { ...browser, host: 'evil.example' } });
  t.match(page, { status: 200, text: /<h1>/ });
});
