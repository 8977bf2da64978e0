import { test } from 'tap';
import { startSimulator } from '../support/simulator.js';

test('the document and its page are served', async (t) => {
  const simulator = await startSimulator(t, {
    errors: { CARD_NOT_FOUND: { en: 'Nothing there', code: 5123 } },
  });
  const get = (path: string) => simulator.exchange({ method: 'GET', path });
  const page = await get('/docs/');
  t.equal(page.status, 200);
  t.match(page.headers['content-type'], 'text/html');
  const document = JSON.parse((await get('/docs/json')).text) as { openapi: string; paths: object };
  t.equal(document.openapi, '3.1.0');
  t.same(Object.keys(document.paths), [
    '/api/v1/id_cropper_register',
    '/api/v1/id_cropper/register/',
    '/api/o/token/',
  ]);
  t.match(JSON.stringify(document), '"Nothing there"', 'with the texts of this server');
  t.match((await get('/docs/yaml')).text, /^openapi: 3\.1\.0/);
});

test('the page is loaded at the first question, and then no path is special', async (t) => {
  const simulator = await startSimulator(t);
  const statuses = {
    '/docs/nothing': 404,
    '/docs/static/nothing.js': 404,
    '/docs/static/%00': 404,
    '/docs/static//etc/passwd': 404,
    '/docs/static/..%2f..%2fpackage.json': 404,
    '/docs/%2e%2e/': 404,
    '/docs/%00': 404,
    '//etc/passwd': 404,
    '/%2e%2e/': 404,
    '/docs': 200,
    '//docs//json': 200,
    '/docs/static/swagger-ui-bundle.js': 200,
  };
  for (const [path, status] of Object.entries(statuses)) {
    const answer = await simulator.exchange({ method: 'GET', path });
    t.equal(answer.status, status, path);
    if (status === 404) t.equal(answer.text, '{"message":"Not Found"}', 'as everywhere');
  }
});
