import { join } from 'node:path';
import { test } from 'tap';
import { runCommand } from '../support/command.js';
import { startSimulator } from '../support/simulator.js';

test('conform: what it is asked, what it answers, and its status', async (t) => {
  const { url } = await startSimulator(t);
  const line = ['conform', '--target', url, '--credentials', 'demo'];
  const folder = t.testdir({ 'credentials.yaml': 'username: demo\n' });
  const rows: [args: string[], status: number, words: RegExp, env?: Record<string, string>][] = [
    [
      ['--yes', '--only', 'error-404'],
      0,
      /at most 1 calls, 0 tokens and 0 trials[\s\S]*1 as expected, 0 drift/,
    ],
    [
      ['--yes', '--only', 'error-422-keys', '--profile', 'strict'],
      1,
      /drift {2}error-422-keys[\s\S]*calibrate --target/,
    ],
    [['--yes', '--only', 'error-422-keys', '--max-calls', '3'], 2, /stopped at/],
    [['--only', 'error-404'], 2, /--yes/],
    [['--yes', '--only', 'nothing'], 2, /the rows are/],
    [['--yes', '--report', 'x.doc'], 2, /\.html/],
    [['--yes', '--target', 'host'], 2, /an address/],
    [['--yes', '--credentials', join(folder, 'credentials.yaml')], 2, /lack password, client_id/],
    [['--yes', '--credentials', 'env'], 2, /lack VALIFY_PASSWORD, /, { VALIFY_USERNAME: 'demo' }],
  ];
  for (const [args, status, words, env = {}] of rows) {
    const outcome = await runCommand([...line, ...args], { env });
    t.equal(outcome.status, status, args.join(' '));
    t.match(outcome.stderr + outcome.stdout, words, args.join(' '));
  }
});
