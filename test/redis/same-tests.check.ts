import { fileURLToPath } from 'node:url';
import { t as all, test } from 'tap';
import { runProgram } from '../support/program.js';
import { startRedis } from '../support/redis.js';

/** What a user sees of the state must not depend on where it is kept: the same tests, on Redis. */
const files = [
  'control/access',
  'control/requests',
  'control/state',
  'control/time',
  'spec/exchanges',
  'spec/order-of-checks',
  'spec/token',
  'spec/trials',
  'scenarios/precedence',
  'exchange/access-log',
];

const redis = await startRedis(all);

for (const name of files) {
  test(`${name}.test.ts`, { timeout: 300_000 }, async (t) => {
    const file = fileURLToPath(new URL(`../${name}.test.js`, import.meta.url));
    // By itself a file has thirty seconds; a busy machine takes longer for the slowest on Redis.
    const env = { TEST_STATE: redis.url, TAP_TIMEOUT: '280' };
    const outcome = await runProgram([file], { env }).catch((error) => error);
    t.equal(outcome.code, undefined, outcome.stdout.split('\n').slice(-200).join('\n'));
    t.match(outcome.stdout, /^# \{ total: \d+, pass: \d+ \}$/m);
  });
}
