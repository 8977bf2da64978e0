import { test } from 'tap';
import { ConfigError, loadConfig } from '../../src/config/config.js';
import { documented } from '../support/bodies.js';
import { startSimulator } from '../support/simulator.js';

const post = { headers: { 'content-type': 'application/json' }, body: '{}' };

test('forms of paths that the setting says are not served', async (t) => {
  const { exchange } = await startSimulator(t, {
    paths: {
      '/api/v1/id_cropper_register/': 404,
      '/api/v1/id_cropper/register': 301,
      '/api/o/token': 308,
      '//': 307,
    },
  });
  const rows: [path: string, status: number, location?: string][] = [
    ['/api/v1/id_cropper_register', 403],
    ['/api/v1/id_cropper_register/', 404],
    ['/api/v1/id_cropper/register', 301, '/api/v1/id_cropper/register/'],
    ['/api/v1/id_cropper/register?a=1', 301, '/api/v1/id_cropper/register/?a=1'],
    ['/api/v1/id_cropper/register/', 403],
    ['/api/o/token', 308, '/api/o/token/'],
    ['//api/v1/id_cropper_register', 307, '/api/v1/id_cropper_register'],
    ['/api//v1/id_cropper/register/?b', 307, '/api/v1/id_cropper/register/?b'],
    ['/api/v1/none', 404],
  ];
  for (const [path, status, location] of rows) {
    const answer = await exchange({ path, ...post });
    t.same([answer.status, answer.headers.location], [status, location], path);
    if (status === 404) t.equal(answer.text, documented[404], path);
    if (location !== undefined) t.equal(answer.text, '', path);
    const get = await exchange({ path, method: 'GET' });
    t.equal(get.status, status === 403 ? 405 : status, `GET ${path}`);
  }
});

test('a path that nobody can come to is refused', async (t) => {
  const cropper = ['/api/v1/id_cropper_register', '/api/v1/id_cropper/register'];
  const all = (status: number) =>
    Object.fromEntries(cropper.flatMap((path) => [path, `${path}/`]).map((path) => [path, status]));
  const circle = { '/api/v1/id_cropper_register': 301, '/api/v1/id_cropper_register/': 302 };
  for (const paths of [all(404), circle, { '/api/v2': 404 }, { '//': 200 }])
    t.throws(() => loadConfig({ options: { paths: paths as never } }), ConfigError, JSON.stringify(paths));
});
