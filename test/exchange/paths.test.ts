import { test } from 'tap';
import { isControl, isOwnPage, pathOf } from '../../src/exchange/paths.js';

test('our own pages, and paths that only begin like them', async (t) => {
  for (const path of ['/__mock', '/__mock/requests', '/docs', '/docs/json', '/livez', '/readyz', '/metrics'])
    t.ok(isOwnPage(path), path);
  for (const path of ['/', '/docsomething', '/__mocking', '/api/v1/id_cropper_register', '/api/docs'])
    t.notOk(isOwnPage(path), path);
  t.same(['/__mock?x', '/__mock/a', '/docs', '/__mock_'].map(isControl), [true, true, false, false]);
});

test('a path is what a log may show', async (t) => {
  t.equal(pathOf('/a/b?token=secret?x'), '/a/b');
  t.equal(pathOf('http://name:secret@host:1/a?b'), '/a');
  t.equal(pathOf(`/${'x'.repeat(999)}`).length, 200);
});
