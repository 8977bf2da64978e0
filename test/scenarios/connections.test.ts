import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'tap';
import { pause } from '../../src/api/pause.js';
import { drawDelay } from '../../src/api/perform-on-answer.js';
import { createClosing } from '../../src/exchange/closing.js';
import type { Context } from '../../src/exchange/context.js';
import { longestMs } from '../../src/scenarios/catalogue.js';
import { createScenario } from '../../src/scenarios/scenario.js';
import { documented } from '../support/bodies.js';
import { control } from '../support/control.js';
import { observe } from '../support/observe.js';
import { cropHeaders, cropperPath, startSimulator } from '../support/simulator.js';
import { openSocket, parseAnswers } from '../support/wire.js';

const pipelined = (scenario: string) =>
  [
    `POST ${cropperPath} HTTP/1.1`,
    'Host: x',
    `X-Mock-Scenario: ${scenario}`,
    'Content-Type: application/json',
    'Content-Length: 2',
    '',
    '{}',
  ].join('\r\n');

/** The first answer is slow, so that it is not there yet when the second request ends the connection. */
for (const scenario of ['connection-reset', 'empty-reply', 'time-out;ms=1', 'cut-body']) {
  test(`${scenario} behind another request waits for that one's answer`, async (t) => {
    const { url, log } = await startSimulator(t);
    const socket = await openSocket(url);
    await socket.write(pipelined('slow;ms=300') + pipelined(scenario));
    const [first] = parseAnswers((await socket.closed()).split('HTTP/1.1', 2).join('HTTP/1.1'));
    t.equal(first?.status, 403, 'the earlier answer arrives');
    const { requests } = await control<{ requests: object[] }>(url, 'GET', '/requests');
    t.match(requests, [{ ended: 'answered' }, { ended: 'unanswered' }]);
    t.equal(requests.length, 2, 'one entry each');
    t.equal(log().length, 1);
  });
}

test('clients that wait at the same time are no leak', async (t) => {
  const warnings: string[] = [];
  const warn = ({ name }: Error) => warnings.push(name);
  process.on('warning', warn);
  t.teardown(() => process.off('warning', warn));
  const { url } = await startSimulator(t);
  await Promise.all(Array.from({ length: 12 }, () => fetch(`${url}/__mock/requests/wait?timeout=200ms`)));
  await wait(0); // Warnings are told on the next tick.
  t.same(warnings, []);
});

test('nobody waits for a client that has gone', async (t) => {
  await pause(longestMs, { destroyed: true } as never, createClosing());
  t.pass();
});

test('no delay is longer than a timer can be', async (t) => {
  const { parameters } = createScenario('slow-log-normal', { median: longestMs, sigma: 3 });
  const effect = { kind: 'delay', distribution: 'log-normal' } as const;
  const delays = Array.from({ length: 50 }, (_, n) =>
    drawDelay(effect, parameters, { seed: 'test' } as Context, { exchange: { call: { n } } } as never),
  );
  t.equal(Math.max(...delays), longestMs);
  t.ok(Math.min(...delays) < longestMs);
});

test('a dribble takes its time, however short the answer', async (t) => {
  const { url } = await startSimulator(t);
  const headers = { ...cropHeaders('none'), 'x-mock-scenario': 'slow-dribble;ms=300;pieces=1000' };
  const { answer, ms, firstByteMs } = await observe(url, { path: cropperPath, headers, body: '{}' });
  t.equal(answer?.status, 403);
  t.equal(answer?.text, documented[403], 'all of it');
  t.ok(ms - firstByteMs >= 200, `${Math.round(ms - firstByteMs)} ms from the first byte to the last`);
});
