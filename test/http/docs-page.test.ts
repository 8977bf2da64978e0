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
