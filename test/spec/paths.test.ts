import { test } from 'tap';
import { documented } from '../support/bodies.js';
import { startSimulator } from '../support/simulator.js';

const served = [
  '/api/v1/id_cropper_register',
  '/api/v1/id_cropper_register/',
  '/api/v1/id_cropper/register',
  '/api/v1/id_cropper/register/',
  '//api/v1/id_cropper_register',
  '/api//v1///id_cropper/register//',
  '/api/v1/id_cropper_register?x=1',
];

const unknown = [
  '/',
  '/api',
  '/api/v1',
  '/api/v1/id_cropper',
  '/api/v1/id_cropper_register/x',
  '/API/V1/ID_CROPPER_REGISTER',
  '/api/v1/id_cropper%2Fregister',
  '/api/v1/id_cropper_register;a=1',
  '/api/v2/id_cropper_register',
  '/api/v1/id_cropper/register/../register',
  '/%zz',
  '/%',
  '/%00',
  `/${'x'.repeat(5000)}`,
  '/__proto__',
];

test('every documented path, with and without slashes', async (t) => {
  const simulator = await startSimulator(t);
  for (const path of served) {
    const answer = await simulator.exchange({
      path,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    t.same([answer.status, answer.text], [403, documented[403]], path);
    t.equal(answer.headers['content-type'], 'application/json');
  }
});

test('station 3: unknown paths, whatever the method, never a redirect', async (t) => {
  const simulator = await startSimulator(t);
  for (const path of unknown) {
    for (const method of ['GET', 'POST', 'OPTIONS', 'PROPFIND']) {
      const answer = await simulator.exchange({ path, method });
      t.same([answer.status, answer.text], [404, documented[404]], `${method} ${path.slice(0, 60)}`);
      t.equal(answer.headers['content-type'], 'application/json');
    }
  }
});

test('station 3: other methods on the cropper', async (t) => {
  const simulator = await startSimulator(t);
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY', 'PURGE']) {
    for (const path of served) {
      const answer = await simulator.exchange({ method, path });
      t.same([answer.status, answer.text], [405, documented[405]], `${method} ${path}`);
      t.equal(answer.headers.allow, 'POST, OPTIONS');
    }
  }
  const head = await simulator.exchange({ method: 'HEAD', path: served[0]! });
  t.same([head.status, head.text], [405, '']);
  const options = await simulator.exchange({ method: 'OPTIONS', path: served[0]! });
  t.same([options.status, options.text, options.headers.allow], [200, '', 'POST, OPTIONS']);
});
