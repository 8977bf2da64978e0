import { test } from 'tap';
import { startSimulator, tokenPath } from '../support/simulator.js';

const browser = { accept: 'text/html' };
const strict = /^default-src 'none'; frame-ancestors 'none'$/;

const inspector =
  /^default-src 'none'; script-src 'self'; style-src 'self'; .*frame-ancestors 'none'; require-trusted-types-for 'script'/;

/** Our own pages, and their policies. */
const pages: readonly [method: string, path: string, status: number, policy: RegExp | undefined][] = [
  ['GET', '/', 302, strict],
  ['GET', '/docs', 200, /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/],
  ['GET', '/docs/static/swagger-ui.css', 200, /^default-src 'none'/],
  ['GET', '/docs/json', 200, /^default-src 'none'/],
  ['GET', '/docs/card-on-table.jpg', 200, strict],
  ['GET', '/docs/nothing', 404, strict],
  ['GET', '/__mock', 200, inspector],
  ['GET', '/__mock/inspector/nothing.js', 404, strict],
  ['GET', '/__mock/accounts', 200, strict],
  ['GET', '/__mock/nothing', 404, strict],
  ['GET', '/__mock/cards/busy.png', 200, strict],
  ['GET', '/__mock/cards/busy.pdf', 200, undefined],
  ['POST', '/__mock/reset', 204, strict],
  ['GET', '/livez', 200, strict],
];

test('our own pages are for no other site, and are what they say', async (t) => {
  const { exchange } = await startSimulator(t);
  for (const [method, path, status, policy] of pages) {
    const answer = await exchange({ method, path, headers: browser });
    t.equal(answer.status, status, path);
    t.match(answer.headers, {
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    if (policy === undefined) t.notOk(answer.headers['content-security-policy'], path);
    else t.match(answer.headers['content-security-policy'], policy, path);
  }
});

test('the page without a control API has a style sheet of its own, and nothing else', async (t) => {
  const { exchange } = await startSimulator(t, { control: 'off' });
  const { headers } = await exchange({ method: 'GET', path: '/', headers: browser });
  t.match(
    headers['content-security-policy'],
    /^default-src 'none'; frame-ancestors 'none'; style-src 'sha256-[^']+'$/,
  );
});

test('the stream of the journal is one of them', async (t) => {
  const { url } = await startSimulator(t);
  const leave = new AbortController();
  const { headers } = await fetch(`${url}/__mock/requests/stream`, { signal: leave.signal });
  leave.abort();
  t.equal(headers.get('x-content-type-options'), 'nosniff');
  t.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
  t.match(headers.get('content-security-policy'), strict);
});

test('the vendor’s paths have none of it', async (t) => {
  const { exchange } = await startSimulator(t);
  for (const path of [tokenPath, '/nowhere', '/api/v1/id_cropper_register'])
    for (const method of ['GET', 'POST'])
      t.notMatch(
        Object.keys((await exchange({ method, path, headers: browser })).headers).join(),
        /nosniff|policy|x-content/,
      );
});
