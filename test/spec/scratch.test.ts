import { createHash, randomBytes } from 'node:crypto';
import { test } from 'tap';
import { createScratch } from '../../src/api/scratch.js';
import { control } from '../support/control.js';
import { bundleKey, cropHeaders, cropperPath, startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openSocket } from '../support/wire.js';

interface Journal {
  readonly requests: readonly { readonly photo: { readonly sha256: string } | null }[];
}

/** Bodies of 32 to 512 KiB are read in memory that is used again and again: nobody may see of it what another has sent. */

test('a piece has one holder at a time, and there are so many', async (t) => {
  const scratch = createScratch(1000, 2);
  t.equal(scratch.take(1001), undefined, 'too long');
  const [one, two] = [scratch.take(1000)!, scratch.take(10)!];
  t.not(one.buffer, two.buffer);
  t.equal(two.length, 10);
  t.equal(scratch.take(10), undefined, 'all are in use');
  scratch.giveBack(one);
  scratch.giveBack(one);
  scratch.giveBack(new Uint8Array(5));
  t.equal(scratch.take(5)?.buffer, one.buffer, 'used again');
  t.equal(scratch.take(5), undefined, 'given back once');
  scratch.forget(two);
  t.not(scratch.take(5)?.buffer, two.buffer, 'somebody may hold it still');
});

test('of many photos at once each is the one that was sent', async (t) => {
  const simulator = await startSimulator(t, { trials: 0, maxQueue: 100 });
  const token = await simulator.token();
  const photos = Array.from({ length: 40 }, (_, n) =>
    Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(20_000 + 7001 * n)]),
  );
  const headers = cropHeaders(token);
  // Some go away in the middle of theirs.
  const gone = await Promise.all(Array.from({ length: 6 }, () => openSocket(simulator.url)));
  for (const socket of gone) {
    const head = Object.entries({ ...headers, 'Content-Length': 200_000 }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    socket.write(
      `POST ${cropperPath} HTTP/1.1\r\nHost: x\r\n${head.join('\r\n')}\r\n\r\n${'{"img":"'.padEnd(90_000, 'A')}`,
    );
  }
  const answers = await Promise.all(
    photos.map(async (photo, n) => {
      if (n % 8 === 0) gone.pop()?.destroy();
      const body = JSON.stringify({ bundle_key: bundleKey, img: photo.toString('base64') });
      return (await fetch(`${simulator.url}${cropperPath}`, { method: 'POST', headers, body })).status;
    }),
  );
  t.same([...new Set(answers)], [403], 'no trials left');
  const seen = async () => {
    const { requests } = await control<Journal>(simulator.url, 'GET', '/requests?status=403');
    return requests.flatMap(({ photo }) => photo?.sha256 ?? []).sort();
  };
  await until('all are in the journal', async () => (await seen()).length >= photos.length);
  const sent = photos.map((photo) => createHash('sha256').update(photo).digest('hex')).sort();
  t.same(await seen(), sent);
  for (const socket of gone) socket.destroy();
});
