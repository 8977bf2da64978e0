import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { type Test, test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { type FixtureName, fixture } from '../../src/photos/fixtures.js';
import { startSimulator } from '../support/simulator.js';

const folder = join(packageRoot, 'fixtures/exchanges');

interface Exchange {
  readonly description: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body?: string | object;
  };
  readonly response: { readonly status: number; readonly body: object };
}

/** What the words in the answers stand for. */
const wildcards: Readonly<Record<string, RegExp>> = {
  $token: /^[A-Za-z0-9]{30}$/,
  $uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
};

test('every published exchange happens as it is written', async (t) => {
  const simulator = await startSimulator(t);
  const files = readdirSync(folder);
  t.not(files.length, 0);
  for (const file of files) {
    const { description, request, response } = JSON.parse(
      readFileSync(join(folder, file), 'utf8'),
    ) as Exchange;
    const token = await simulator.token();
    const { body } = request;
    const answer = await simulator.exchange({
      method: request.method,
      path: request.path,
      headers: JSON.parse(JSON.stringify(request.headers).replace('$token', token)) as Record<string, string>,
      body: body && (typeof body === 'string' ? body : withPhotos(JSON.stringify(body))),
    });
    t.equal(answer.status, response.status, `${file}: ${description}`);
    await compare(t, JSON.parse(answer.text), response.body);
  }
});

const withPhotos = (text: string): string =>
  text.replace(/\$fixture:([\w-]+)/, (_, name: FixtureName) => fixture(name).base64);

async function compare(t: Test, actual: unknown, written: unknown): Promise<void> {
  if (typeof written === 'object' && written !== null) {
    t.same(Object.keys(actual as object), Object.keys(written), 'the same keys in the same order');
    for (const [key, value] of Object.entries(written))
      await compare(t, (actual as Record<string, unknown>)[key], value);
  } else if (typeof written === 'string' && written in wildcards) {
    t.match(actual, wildcards[written]!);
  } else if (typeof written === 'string' && written.startsWith('$expected:')) {
    t.match(await sharp(Buffer.from(actual as string, 'base64')).metadata(), { format: 'jpeg' });
  } else {
    t.equal(actual, written);
  }
}
