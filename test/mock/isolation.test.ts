import { type Test, test } from 'tap';
import { type JournalEntry, type Mock, type MockAccount, startMock } from '../../src/index.js';
import { cropperPath } from '../support/simulator.js';

const workers = 50;
/** More on request: `TAP_TIMEOUT=300 node build/test/mock/isolation.test.js 100` (bench/README.md has the times). */
const calls = Number(process.argv[2] ?? 20);
const trials = 20;
const noPicture = Buffer.from('ffd8ffe0', 'hex').toString('base64');

/** What a worker does at a call, and the status that it has to see. `spends` is what becomes of its token's trials. */
interface Step {
  readonly status: number;
  readonly scenario: string | null;
  readonly spends: boolean;
  readonly before?: (account: MockAccount) => Promise<unknown>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bundleKey?: string;
}

type MakeStep = (mock: Mock, worker: number) => Step;

/** None of them needs a picture to be looked at. */
const steps: readonly MakeStep[] = [
  () => ({
    status: 422,
    scenario: 'no-card',
    spends: true,
    before: (account) => account.next('no-card'),
  }),
  (_, worker) => ({
    status: 422,
    scenario: `unprocessable;code=${worker}`,
    spends: true,
    headers: { prefer: `scenario=unprocessable; code=${worker}` },
  }),
  (mock) => ({
    status: 502,
    scenario: 'bad-gateway',
    spends: false,
    bundleKey: mock.magicKey('bad-gateway'),
  }),
  (_, worker) => ({
    status: 450 + worker,
    scenario: `error;status=${450 + worker}`,
    spends: false,
    before: (account) => account.next('error', { status: 450 + worker }),
  }),
  () => ({
    status: 403,
    scenario: 'trials-exhausted',
    spends: false,
    headers: { 'x-mock-scenario': 'trials-exhausted' },
  }),
];

/** Everything that one worker saw, for comparison with another run. */
interface Seen {
  readonly status: number;
  readonly transactionId: string | null;
}

/**
 * A test with an account of its own: scenarios by three ways, a token that is changed when its trials are spent, and one that
 * expires in every tenth call because this worker's clock has moved.
 */
async function work(t: Test, mock: Mock, worker: number): Promise<Seen[]> {
  const account = await mock.account({ username: `worker ${worker}`, bundles: [{ trials }] });
  const expected: Pick<Step, 'status' | 'scenario'>[] = [];
  const seen: Seen[] = [];
  let token = await account.token();
  let left = trials;
  for (let call = 0; call < calls; call++) {
    if (call % 10 === 9) {
      await account.clock.advance('10m');
      const status = (await post(mock, account, token.accessToken)).status;
      expected.push({ status: 403, scenario: null });
      seen.push({ status, transactionId: null });
      token = await account.token();
      left = trials;
      continue;
    }
    // Workers are out of step with each other, so that every mixture of scenarios is in flight.
    const step = steps[(call + worker) % steps.length]!(mock, worker);
    await step.before?.(account);
    const answer = await post(mock, account, token.accessToken, step);
    if (step.spends) left -= 1;
    expected.push(step);
    seen.push({ status: answer.status, transactionId: answer.transactionId });
    // Only a difference is worth a line: there are 5,000 of these.
    if (step.spends && answer.trialsRemaining !== String(left)) t.equal(answer.trialsRemaining, String(left));
  }
  await checkJournal(t, account, expected, seen);
  return seen;
}

async function post(
  mock: Mock,
  account: MockAccount,
  accessToken: string,
  { headers, bundleKey = account.bundleKey }: Pick<Step, 'headers' | 'bundleKey'> = {},
) {
  const answer = await fetch(mock.url + cropperPath, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ bundle_key: bundleKey, img: noPicture }),
  });
  const text = await answer.text();
  const body = answer.headers.get('content-type') === 'application/json' ? JSON.parse(text) : {};
  return {
    status: answer.status,
    transactionId: (body.transaction_id ?? null) as string | null,
    trialsRemaining: body.trials_remaining as string | undefined,
  };
}

/** The account's entries are exactly this worker's calls, in their order, with what it saw of them. */
async function checkJournal(
  t: Test,
  account: MockAccount,
  expected: readonly Pick<Step, 'status' | 'scenario'>[],
  seen: readonly Seen[],
): Promise<void> {
  const entries = await account.requests({ endpoint: 'crop' });
  t.same(
    entries.map(describe),
    expected.map(({ status, scenario }, n) => [status, scenario, seen[n]?.transactionId ?? null]),
    account.username,
  );
  t.same(await account.queue(), [], 'nothing is left in the queue');
}

/** The journal also has the transactions of answers that do not show them. */
const describe = ({ status, scenario, transactionId, answerBody }: JournalEntry) => [
  status,
  scenario?.text ?? null,
  answerBody?.transaction_id === undefined ? null : transactionId,
];

async function run(t: Test): Promise<Seen[][]> {
  await using mock = await startMock({ seed: 'isolation', journalEntries: 2 * workers * calls, workers: 1 });
  const seen = await Promise.all(Array.from({ length: workers }, (_, worker) => work(t, mock, worker)));
  t.equal(await mock.countRequests({ endpoint: 'crop' }), workers * calls);
  return seen;
}

test(`${workers} workers side by side, ${calls} calls each: no cross-talk, and the same ids in a second run`, async (t) => {
  const first = await run(t);
  const ids = first.flat().flatMap(({ transactionId }) => transactionId ?? []);
  t.equal(new Set(ids).size, ids.length, 'no transaction id is given twice');
  t.ok(ids.length > workers * calls * 0.3, `${ids.length} transactions`);
  t.same(await run(t), first, 'a second run sees the same');
});
