import { EventEmitter } from 'node:events';
import { test } from 'tap';
import { takeTurn } from '../../src/cropper/turn.js';
import { WaitingRoom } from '../../src/cropper/waiting-room.js';

const soon = 0.001;
const never = 3600;

/** What a worker does that comes to no end by itself. */
function endlessTask() {
  let aborts = 0;
  const start = (signal: EventEmitter) =>
    new Promise<never>((_, reject) => {
      signal.once('abort', () => {
        aborts++;
        reject(new Error('aborted'));
      });
    });
  return { start, aborts: () => aborts };
}

const noWorkers = 0;
const endings = [
  {
    what: 'waits too long',
    workers: noWorkers,
    limits: { queueTimeout: soon, cropTimeout: never },
    error: /^SERVICE_UNAVAILABLE: waited/,
  },
  {
    what: 'waits longer than a crop may take',
    workers: noWorkers,
    limits: { queueTimeout: 0.05, cropTimeout: soon },
    error: /^SERVICE_UNAVAILABLE: waited/,
  },
  {
    what: 'takes too long',
    workers: 1,
    limits: { queueTimeout: never, cropTimeout: soon },
    error: /^a crop took longer/,
    aborts: 1,
  },
  { what: 'is left while it waits', workers: noWorkers, leaves: true, error: 'ClientGone' },
  { what: 'is left while it is worked on', workers: 1, leaves: true, error: 'ClientGone', stillRuns: true },
];

for (const { what, workers, limits, leaves, error, aborts = 0, stillRuns } of endings) {
  test(`a photo that ${what}`, async (t) => {
    const departure = new EventEmitter();
    const room = new WaitingRoom(workers);
    const { start, aborts: seen } = endlessTask();
    // Its timers keep no process alive, but this test has to see them fire.
    const alive = setInterval(() => {}, 1000);
    t.teardown(() => clearInterval(alive));
    const turn = takeTurn(room, { queueTimeout: never, cropTimeout: never, ...limits, departure }, start);
    if (leaves) departure.emit('gone');
    const reason = await turn.catch((thrown: Error) => thrown);
    t.match(typeof error === 'string' ? reason.name : reason.message, error);
    t.equal(seen(), aborts, 'workers stopped');
    t.equal(room.size, 0, 'nobody waits');
    t.equal(departure.listenerCount('gone'), 0);
    if (workers === 0) return;
    let called = false;
    room.enter(() => {
      called = true;
    });
    t.equal(called, !stillRuns, 'the worker has come free');
  });
}

test('a turn that came to its end listens to nobody', async (t) => {
  const departure = new EventEmitter();
  const limits = { queueTimeout: never, cropTimeout: never, departure };
  t.equal(await takeTurn(new WaitingRoom(1), limits, async () => 'crop'), 'crop');
  t.equal(departure.listenerCount('gone'), 0);
});

test('first come, first served', async (t) => {
  const order: number[] = [];
  const room = new WaitingRoom(2);
  const limits = { queueTimeout: never, cropTimeout: never };
  const photos = [1, 2, 3, 4, 5, 6, 7];
  await Promise.all(photos.map((n) => takeTurn(room, limits, async () => order.push(n))));
  t.same(order, photos);
});
