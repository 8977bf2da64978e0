import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { cropperPaths, operationOf } from '../../scripts/postman/document.js';
import { postmanFiles, toText } from '../../scripts/postman/files.js';
import { demoAccount } from '../../src/config/settings.js';
import { packageRoot } from '../../src/package-root.js';

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');

test('the files for Postman are as openapi.yaml has it (npm run postman writes them)', async (t) => {
  for (const [file, content] of Object.entries(postmanFiles)) t.equal(read(file), toText(content), file);
});

interface Folder {
  readonly name: string;
  readonly item?: readonly Folder[];
  readonly request?: { readonly method: string; readonly body?: { readonly raw?: string } };
  readonly event?: readonly { readonly script: { readonly exec: readonly string[] } }[];
}

const requestsIn = (folder: Folder): Folder[] => folder.item?.flatMap(requestsIn) ?? [folder];

test('each status of the document has a request, told by nothing but the bundle key', async (t) => {
  const collection: Folder = JSON.parse(read('examples/postman/collection.json'));
  const folder = collection.item!.find(({ name }) => name === 'Every answer, by bundle key')!;
  const requests = requestsIn(folder);
  const statuses = Object.keys(operationOf(cropperPaths[0]!).responses).filter((status) => status !== '200');
  t.same([...new Set(requests.map(({ name }) => name.slice(0, 3)))].sort(), statuses);
  for (const { name, request } of requests) {
    const { bundle_key } = JSON.parse(request?.body?.raw ?? '{}');
    t.ok(name.startsWith('405') || /^0+magic-/.test(bundle_key), name);
  }
});

test('each request has a test, and each path of the document a request', async (t) => {
  const collection: Folder = JSON.parse(read('examples/postman/collection.json'));
  const requests = requestsIn(collection);
  for (const { name, event } of requests)
    t.match(event!.flatMap(({ script }) => script.exec).join('\n'), /pm\.test\(/, name);
  t.equal(requests.filter(({ name }) => name.startsWith('Crop a card')).length, cropperPaths.length);
});

test('the environment is the demo account', async (t) => {
  const { values } = JSON.parse(read('examples/postman/environment.json')) as {
    values: readonly { readonly key: string; readonly value: string }[];
  };
  const { bundles, ...credentials } = demoAccount;
  t.match(Object.fromEntries(values.map(({ key, value }) => [key, value])), {
    ...credentials,
    bundle_key: bundles[0].bundle_key,
  });
});
