// npm run check:fuzz -- [--runs 3000] [--photos 400] [--seed 1] [--patience 15]
//
// Damaged photos, requests and bytes that may be no HTTP, against the command as a process of its own. `crop-timeout` makes
// a 500, which is a finding, of whatever takes longer than the patience, in seconds. The table is its resident memory after
// a collection: what V8 has not collected yet goes up and down by 100 MB, and says nothing of what is kept.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import t, { type Test, test } from 'tap';
import { maxTokens } from '../../src/state/memory/token-records.js';
import { type RunningCommand, startCommand } from '../support/command.js';
import { passwordGrant, tokenPath } from '../support/simulator.js';
import { until } from '../support/until.js';
import { send } from '../support/wire.js';
import { cropMutant, type Outcome } from './fuzz-photos.js';
import { fuzzHttp, fuzzWire } from './fuzz-requests.js';
import { drawOriginals, mutate } from './mutate-photo.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3000' },
    photos: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    patience: { type: 'string', default: '15' },
  },
});
const [runs, photos, seed] = [Number(values.runs), Number(values.photos), Number(values.seed)];

const tenths = 10;

t.setTimeout(0); // as long as there are photos and requests

/** Fewer are all warm-up. */
const enoughForTrend = 5000;

const login = {
  path: tokenPath,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(passwordGrant).toString(),
};

/** @param fill whether as many tokens are made as there is room for: with each more, memory grows, and some of the requests are good logins */
async function start(t: Test, { fill = false } = {}) {
  const flags = [
    '--trials',
    '1000000',
    '--token-lifetime',
    '1000000000',
    '--control',
    'off',
    '--log-level',
    'error',
  ];
  const limits = ['--crop-timeout', values.patience, '--queue-timeout', '60'];
  const preload = [new URL('./collect-on-signal.js', import.meta.url).href];
  const command = await startCommand(t, [...flags, ...limits], { preload });
  if (fill) await fillWithTokens(command.url);
  const answer = await send(command.url, login);
  const token: string = JSON.parse(answer.text).access_token;
  return { ...command, token, memory: watchMemory(command) };
}

/** Resident, in MB (Linux), a tenth of the way each. The first fifth is the warm-up: until then the heaps of the threads still grow. */
function watchMemory({ pid, kill, output }: RunningCommand) {
  const curve: number[] = [];
  const collections = () => output.stdout.split('collected').length;
  const resident = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
  const look = async () => {
    const before = collections();
    kill('SIGUSR2');
    await until('it has collected', () => collections() > before);
    curve.push(Math.round(resident()));
  };
  return {
    look,
    report: (t: Test, what: string, total: number) => {
      t.comment(`resident MB over ${total} ${what}: ${curve.join(' ')}`);
      if (total >= enoughForTrend)
        t.ok(curve.at(-1)! <= 1.2 * curve[1]!, 'memory within 20 % of that after warm-up');
    },
  };
}

async function fillWithTokens(url: string): Promise<void> {
  let left = maxTokens;
  const logIn = async () => {
    while (left-- > 0) await send(url, login);
  };
  await Promise.all(Array.from({ length: 4 }, logIn));
}

const hasEnded = (ended: Promise<unknown>) => Promise.race([ended.then(() => true), Promise.resolve(false)]);

test(`${photos} damaged photos`, { timeout: 0 }, async (t) => {
  const { url, token, ended, memory, output } = await start(t);
  const originals = await drawOriginals();
  const outcomes: Pick<Outcome, 'name' | 'status' | 'ms' | 'fault'>[] = [];
  const step = Math.max(1, Math.round(photos / tenths));
  let next = 0;
  const sendSome = async () => {
    while (next < photos) {
      const index = next++;
      const { bytes: _, ...outcome } = await cropMutant(url, token, mutate(originals, `${seed}`, index));
      outcomes.push({ ...outcome, name: `${seed}/${index} ${outcome.name}` });
      if (outcomes.length % step === 0) await memory.look();
    }
  };
  await Promise.all([sendSome(), sendSome()]);
  for (const { name, fault } of outcomes) if (fault !== undefined) t.fail(`${name}: ${fault}`);
  t.comment(`statuses: ${JSON.stringify(countBy(outcomes))}`);
  for (const { name, status, ms } of outcomes.toSorted((a, b) => b.ms - a.ms).slice(0, 5))
    t.comment(`${Math.round(ms)} ms  ${status}  ${name}`);
  memory.report(t, 'photos', photos);
  t.notOk(await hasEnded(ended), 'the server runs');
  t.equal(output.stderr, '', 'nothing in the log at the level error');
});

function countBy(outcomes: readonly { readonly status: number }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

test(`${runs} requests`, { timeout: 0 }, async (t) => {
  const { url, token, ended, memory, output } = await start(t, { fill: runs >= enoughForTrend });
  // Both kinds in each tenth, so that memory is compared after the like: connections side by side need a second worker.
  for (let tenth = 1; tenth <= tenths; tenth++) {
    const extent = { seed: seed * tenths + tenth, runs: Math.ceil(runs / tenths) };
    await fuzzHttp({ url, token }, { ...extent, runs: Math.ceil(extent.runs * 0.9) });
    await fuzzWire({ url, token }, { ...extent, runs: Math.ceil(extent.runs * 0.1) });
    await memory.look();
  }
  memory.report(t, 'requests', runs);
  const { text } = await send(url, { method: 'GET', path: '/metrics' });
  t.match(text, /^id_cropper_upload_photos 0$/m, 'nothing that has ended keeps a place');
  t.notOk(await hasEnded(ended), 'the server runs');
  t.equal(output.stderr, '', 'nothing in the log at the level error');
});
