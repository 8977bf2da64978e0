import { test } from 'tap';
import { startSimulator } from '../support/simulator.js';

const browser = { accept: 'text/html' };

test('the page and its files, to be kept by a browser', async (t) => {
  const { exchange } = await startSimulator(t);
  const get = (path: string, headers: Record<string, string> = browser) =>
    exchange({ method: 'GET', path, headers });
  const page = await get('/__mock/');
  t.match(page.headers, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
  t.notMatch(page.text, /https?:/, 'nothing from another host');
  const files = [...page.text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path]) => path!);
  t.equal(files.length, 3, 'an icon, a style sheet, a script');
  for (const path of files) {
    const { status, headers } = await get(path);
    t.equal(status, 200, path);
    t.match(headers, { 'cache-control': /max-age=31536000, immutable/, etag: /^"[\w-]+"$/ });
    t.match(
      headers['content-type'],
      { css: /^text\/css/, js: /javascript/, svg: /svg/ }[path.split('.').at(-1)!]!,
    );
    const again = await get(path, { ...browser, 'if-none-match': headers.etag! });
    t.match(again, { status: 304, text: '' }, 'asked again');
  }
  const again = await get('/__mock', { ...browser, 'if-none-match': page.headers.etag! });
  t.equal(again.status, 304);
});

test('a program is told where the document is', async (t) => {
  const { exchange } = await startSimulator(t);
  const { status, text } = await exchange({ method: 'GET', path: '/__mock' });
  t.equal(status, 200);
  t.match(JSON.parse(text), { name: String, version: String, openapi: '/__mock/openapi.json' });
});

test('with a control-token, the page is open, and what it would show is not', async (t) => {
  const { exchange } = await startSimulator(t, { controlToken: 'a-secret' });
  const page = await exchange({ method: 'GET', path: '/__mock', headers: browser });
  t.equal(page.status, 200);
  const [, script] = /src="([^"]+)"/.exec(page.text)!;
  t.equal((await exchange({ method: 'GET', path: script! })).status, 200);
  for (const path of ['/__mock/requests/lines', '/__mock/accounts', '/__mock/nothing', '/__mock/inspector'])
    t.equal((await exchange({ method: 'GET', path, headers: browser })).status, 401, path);
});

test('no file but those of the page', async (t) => {
  const { exchange } = await startSimulator(t);
  for (const path of ['..%2Findex.js', '%2e%2e%2Fcli.js', '.', 'nothing.js'])
    t.equal((await exchange({ method: 'GET', path: `/__mock/inspector/${path}` })).status, 404, path);
});

test('a browser by a strange name is not shown the page', async (t) => {
  const { exchange } = await startSimulator(t);
  const answer = await exchange({
    method: 'GET',
    path: '/__mock/',
    headers: { ...browser, 'accept-language': 'en', host: 'evil.example' },
  });
  t.equal(answer.status, 403);
});
