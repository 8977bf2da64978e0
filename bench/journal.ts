/**
 * The journal's bound, and the memory of a server that it fills: `node build/bench/journal.js [REQUESTS]`, 100,000 if not said.
 *
 * The server is a process of its own with the defaults, but for a time limit that a busy machine would
 * break. Every request brings a photo of 78 to 149 kB; one in 500 is really cropped,
 * the others are answered by the scenario `no-card`, so that the journal, not the detector, is what is measured.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { connectMock, type FixtureName, fixture, type Mock, startMock } from '../src/index.js';

const inFlight = 8;
const cropEvery = 500;
const photos: readonly FixtureName[] = [
  'already-cropped',
  'no-card',
  'card-on-table',
  'rotated',
  'portrait-card',
];

if (process.send) await serve();
else await drive(Number(process.argv[2] ?? 100_000));

/** The process that is measured; it answers every message with its memory after a collection. */
async function serve(): Promise<void> {
  const mock = await startMock({ trials: 1_000_000, tokenLifetime: 10 ** 9, cropTimeout: 3600 });
  process.on('message', () => {
    globalThis.gc?.();
    process.send?.(process.memoryUsage());
  });
  process.once('disconnect', () => mock.close());
  process.send?.(mock.url);
}

async function drive(total: number): Promise<void> {
  const server = fork(fileURLToPath(import.meta.url), { execArgv: ['--expose-gc'] });
  const [url] = (await once(server, 'message')) as [string];
  const mock = await connectMock(url);
  const send = await createSender(mock);
  const startedMs = Date.now();
  console.log(
    '| requests |  s | resident MB | heap MB | buffers MB | journal entries | of them with photo | journal MB |',
  );
  console.log(
    '| -------: | -: | ----------: | ------: | ---------: | --------------: | -----------------: | ---------: |',
  );
  for (let done = 0; done < total; ) {
    const until =
      done < 1000 ? Math.min(1000, total) : Math.min(total, Math.floor(done / 10_000) * 10_000 + 10_000);
    await sendAll(done, until, send);
    done = until;
    server.send('measure');
    const [memory] = (await once(server, 'message')) as [NodeJS.MemoryUsage];
    const seconds = Math.round((Date.now() - startedMs) / 1000);
    console.log(
      `| ${[done, seconds, ...describeMemory(memory), ...(await describeJournal(mock))].join(' | ')} |`,
    );
  }
  server.disconnect();
  await once(server, 'exit');
  await mock.close();
}

async function sendAll(from: number, to: number, send: (n: number) => Promise<void>): Promise<void> {
  let next = from;
  const worker = async () => {
    while (next < to) await send(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

async function createSender(mock: Mock): Promise<(n: number) => Promise<void>> {
  const { defaultAccount } = mock;
  const token = await defaultAccount.token();
  const bodies = photos.map((name) =>
    Buffer.from(JSON.stringify({ bundle_key: defaultAccount.bundleKey, img: fixture(name).base64 })),
  );
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  return async (n) => {
    const cropped = n % cropEvery === 0;
    const body = bodies[cropped ? 0 : n % bodies.length]!;
    const outgoing = request(`${mock.url}/api/v1/id_cropper_register`, {
      method: 'POST',
      agent,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': body.length,
        ...(cropped ? {} : { prefer: 'scenario=no-card' }),
      },
    });
    outgoing.end(body);
    const [answer] = await once(outgoing, 'response');
    answer.resume();
    await once(answer, 'end');
    if (answer.statusCode === (cropped ? 200 : 422)) return;
    const { reason } = await mock.waitForRequest({ status: answer.statusCode });
    throw new Error(`request ${n}: ${answer.statusCode}, ${reason}`);
  };
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

function describeMemory({ rss, heapUsed, arrayBuffers }: NodeJS.MemoryUsage): string[] {
  return [rss, heapUsed, arrayBuffers].map(megabytes);
}

/** Counted from what the journal says, as it counts itself: pictures, and two bytes for each character of an entry. */
async function describeJournal(mock: Mock): Promise<(string | number)[]> {
  const entries = await mock.requests();
  const kept = entries.flatMap(({ photo, crop }) => [photo, crop]).filter((picture) => picture?.kept);
  const pictureBytes = kept.reduce((sum, picture) => sum + picture!.bytes, 0);
  const entryBytes = entries.reduce((sum, entry) => sum + 2 * JSON.stringify(entry).length, 0);
  return [
    entries.length,
    entries.filter(({ photo }) => photo?.kept).length,
    megabytes(pictureBytes + entryBytes),
  ];
}
