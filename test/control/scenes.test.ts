import { request } from 'node:http';
import { test } from 'tap';
import { control, tryControl } from '../support/control.js';
import { startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';

const sizes: readonly [status: number, scene: object][] = [
  [200, { width: 64, height: 48 }],
  [422, { width: 8192, height: 8192 }],
  [422, { width: 4097, height: 4096 }],
  [422, { longSide: 10_000 }],
  [422, { height: 10_000, capture: 'scan', card: 'no-card' }],
];

test('a scene has a size that the server can bear', async (t) => {
  const { url } = await startSimulator(t);
  for (const [status, scene] of sizes) {
    const answer = await tryControl(url, 'POST', '/scenes', scene);
    t.equal(answer.status, status, JSON.stringify(scene));
    if (status === 422) t.match(answer.json, { detail: /at most 16777216 are drawn here/ });
  }
});

const small = { width: 64, height: 48 };

/** Asks for as large a scene as there may be, and is there to read it until told to leave. */
async function askForLarge(url: string): Promise<() => void> {
  const asked = request(`${url}/__mock/scenes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  asked.on('error', () => {}); // having left
  await new Promise<void>((resolve) => {
    asked.end(JSON.stringify({ width: 4096, height: 4096 }), resolve);
  });
  return () => asked.destroy();
}

const ask = (url: string, scene: object) => tryControl(url, 'POST', '/scenes', scene);

test('few scenes wait, and those whose client has gone do not', async (t) => {
  const { url, logText } = await startSimulator(t);
  const large = await Promise.all([1, 2, 3, 4].map(() => askForLarge(url)));
  await until('no room for more', async () => (await ask(url, { width: 4096, height: 4096 })).status === 503);
  const refused = await fetch(`${url}/__mock/scenes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(small),
  });
  t.equal(refused.status, 503);
  t.match(Number(refused.headers.get('retry-after')), 34, 'seconds of work at most');
  t.match(await refused.json(), { detail: /4 scenes of 67108864 pixels wait/ });
  for (const leave of large) leave();
  await until('room again', async () => (await ask(url, small)).status === 200);
  t.notMatch(logText(), 'the control API failed');
});

test('small scenes are counted too', async (t) => {
  const { url } = await startSimulator(t);
  const leave = await askForLarge(url);
  await control(url, 'GET', '/clock'); // which comes after it
  const asked = Array.from({ length: 32 }, () => ask(url, small));
  const first = await Promise.race(asked);
  t.match(first, { status: 503, json: { detail: /32 scenes of/ } });
  leave();
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  t.same(statuses.toSorted(), [...Array(31).fill(200), 503], 'the others are drawn');
});
