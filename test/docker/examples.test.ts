import { join } from 'node:path';
import sharp from 'sharp';
import { test } from 'tap';
import { demoAccount } from '../../src/config/settings.js';
import { packageRoot } from '../../src/package-root.js';
import { runProgram } from '../support/program.js';
import { startSimulator } from '../support/simulator.js';

const photo = (name: string) => join(packageRoot, 'fixtures/photos', name);
const unreachable = 'http://127.0.0.1:9'; // the discard port: nothing listens there

const runExample = (url: string, name: string, ...words: string[]) =>
  runProgram([join(packageRoot, 'examples', name), ...words], {
    env: { VALIFY_URL: url },
  });

test('the example clients, each a process of its own, against the simulator', async (t) => {
  const { url } = await startSimulator(t, { workers: 1 });

  await t.test('the Node client writes the card of the photo', async (t) => {
    const card = join(t.testdir(), 'card.jpg');
    const { stdout } = await runExample(url, 'node/crop.mjs', photo('rotated.jpg'), card);
    t.match(stdout, /: transaction [0-9a-f-]{36}, trials remaining 2\n$/);
    const { format, width, height } = await sharp(card).metadata();
    t.equal(format, 'jpeg');
    t.ok(Math.abs(width / height - 85.6 / 53.98) < 0.05, `ISO/IEC 7810 ID-1, not ${width} × ${height}`);
  });

  await t.test('the client of compose.yaml prints what came back', async (t) => {
    const { stdout } = await runExample(url, 'docker-compose/client.mjs', photo('card-on-table.jpg'));
    t.match(stdout, /id_cropper_register: 200\ntransaction .*\ntrials remaining {3}2\ncard .*JPEG/);
  });

  for (const client of ['node/crop.mjs', 'docker-compose/client.mjs']) {
    await t.test(`${client} ends with 1 where there is no card, and where there is no server`, async (t) => {
      await t.rejects(runExample(url, client, photo('no-card.jpg')), { code: 1, stderr: /5009/ });
      await t.rejects(runExample(unreachable, client, photo('no-card.jpg')), { code: 1 });
    });
  }
});

test('the Node client refuses an answer that is signed with another key', async (t) => {
  const bundles = [{ ...demoAccount.bundles[0], hmac_key: 'another key' }];
  const { url } = await startSimulator(t, { workers: 1, accounts: [{ ...demoAccount, bundles }] });
  const card = join(t.testdir(), 'card.jpg');
  await t.rejects(runExample(url, 'node/crop.mjs', photo('rotated.jpg'), card), {
    code: 1,
    stderr: /not signed with our key/,
  });
});

test('the demo goes the whole way and says where the card is', async (t) => {
  // It imports the package by its name, which is the built one.
  const folder = t.testdir();
  const { stdout } = await runProgram([join(packageRoot, 'examples/demo.mjs')], {
    cwd: folder,
  });
  t.match(stdout, /answer +200, .*trials remaining 2\ncard +.*card\.jpg\n$/);
  t.match(await sharp(join(folder, 'card.jpg')).metadata(), { format: 'jpeg' });
});
