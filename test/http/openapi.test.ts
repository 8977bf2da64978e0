import { test } from 'tap';
import { parse } from 'yaml';
import { openApiYaml } from '../../src/commands/openapi.js';
import type { Options } from '../../src/config/config.js';
import { createServer } from '../../src/server.js';
import { startSimulator } from '../support/simulator.js';

interface Operation {
  readonly requestBody: {
    readonly content: Readonly<Record<string, { examples: Record<string, { $ref: string }> }>>;
  };
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
}

interface Document {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, { readonly content: object }>>;
    readonly examples: Readonly<Record<string, { readonly value: Readonly<Record<string, string>> }>>;
    readonly securitySchemes: object;
  };
}

interface Schema {
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

async function documentOf(options: Options = {}): Promise<Document> {
  const app = createServer({ logLevel: 'silent', ...options });
  await app.ready();
  const document = app.swagger() as unknown as Document;
  await app.close();
  return document;
}

const types: readonly [schema: string, field: string, expected: object][] = [
  ['CropAnswer', 'transaction_id', { type: 'string', format: undefined }],
  ['CropAnswer', 'trials_remaining', { type: 'string', anyOf: undefined }],
  ['Unprocessable', 'transaction_id', { type: 'string', format: undefined }],
  ['Unprocessable', 'trials_remaining', { type: 'string', anyOf: undefined }],
  ['CropRequest', 'lang', { type: 'string', enum: ['en', 'ar'], default: undefined }],
  ['TokenRequest', 'grant_type', { type: 'string', enum: ['password', 'refresh_token'] }],
];

test('every field has one plain type, as on the vendor’s page', async (t) => {
  const { schemas } = (await documentOf()).components;
  for (const [schema, field, expected] of types)
    t.match(schemas[schema]!.properties[field], expected, `${schema}.${field}`);
  t.same(schemas.CropRequest!.required, ['bundle_key', 'img']);
  const integers = (await documentOf({ trialsRemainingType: 'integer' })).components.schemas;
  for (const schema of ['CropAnswer', 'Unprocessable'])
    t.match(integers[schema]!.properties.trials_remaining, { type: 'integer' }, `${schema}, if so set`);
});

test('what the enum of lang does not name is not refused', async (t) => {
  const simulator = await startSimulator(t);
  const answer = await simulator.crop(await simulator.token(), { bundle_key: 'x', img: 'x', lang: 'fr' });
  t.equal(answer.status, 401, 'it comes as far as the bundle key');
});

test('both paths of the cropper share their answers', async (t) => {
  const { paths, components } = await documentOf();
  const [crop, alias, token] = Object.values(paths).map(({ post }) => post.responses);
  t.same(alias, crop);
  for (const [status, response] of Object.entries(crop!))
    t.match(response.$ref, /^#\/components\/responses\/\w+$/, status);
  for (const status of ['429', '502', '504']) {
    const { $ref } = crop![status]!;
    t.equal(token![status]!.$ref, $ref, `${status} is the token endpoint’s, too`);
    t.match(components.responses[$ref!.split('/').at(-1)!]!.content, {
      'text/html': { schema: { type: 'string' } },
    });
  }
});

test('the examples can be sent as they stand', async (t) => {
  const { paths, components } = await documentOf();
  const simulator = await startSimulator(t);
  const expected: Readonly<Record<string, number>> = { photo: 200, no_card: 422, password: 200 };
  for (const [path, { post }] of Object.entries(paths)) {
    for (const [type, { examples }] of Object.entries(post.requestBody.content)) {
      for (const [name, { $ref }] of Object.entries(examples)) {
        const { value } = components.examples[$ref.split('/').at(-1)!]!;
        const body = type === 'application/json' ? JSON.stringify(value) : `${new URLSearchParams(value)}`;
        const token = await simulator.token();
        const headers = { 'content-type': type, authorization: `Bearer ${token}` };
        t.equal(
          (await simulator.exchange({ path, headers, body })).status,
          expected[name],
          `${path}: ${name}`,
        );
      }
    }
  }
  const fields = Object.entries(components.schemas.TokenRequest!.properties) as [
    string,
    { examples: string[] },
  ][];
  const form = new URLSearchParams(
    fields.map(([name, { examples }]): [string, string] => [name, examples[0]!]),
  );
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await simulator.exchange({ path: '/api/o/token/', headers, body: `${form}` });
  t.equal(answer.status, 200, 'all fields of the form, as Swagger UI fills them in');
});

test('the control API’s document: 204 has no content, and a body of which nothing has to be there is optional', async (t) => {
  const { url } = await startSimulator(t);
  const { paths } = (await (await fetch(`${url}/__mock/openapi.json`)).json()) as {
    paths: Record<string, Record<string, ControlOperation>>;
  };
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  const empty = operations.filter(({ responses }) => responses['204']);
  t.ok(empty.length > 3);
  for (const { responses } of empty) t.notOk(responses['204']!.content);
  t.notOk(paths['/__mock/accounts']!.post!.requestBody!.required);
  t.equal(paths['/__mock/snapshot']!.put!.requestBody!.required, true);
});

interface ControlOperation {
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  readonly requestBody?: { readonly required?: boolean };
}

test('a served document is for where it is served, a printed one for the default', async (t) => {
  t.same((await documentOf()).servers, [{ url: '/' }]);
  t.match((parse(await openApiYaml()) as Document).servers, [{ url: 'http://127.0.0.1:3000' }]);
  t.match((await documentOf()).components.securitySchemes, {
    login: { type: 'oauth2', flows: { password: { tokenUrl: '/api/o/token/' } } },
  });
  const { app } = await startSimulator(t);
  t.same((await app.inject('/__mock/openapi.json')).json().servers, [{ url: '/' }], 'the control API’s');
});
