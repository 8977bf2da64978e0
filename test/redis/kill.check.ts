import { createClient } from '@redis/client';
import { t as all, test } from 'tap';
import { control } from '../support/control.js';
import { photographMagicCard } from '../support/magic-photo.js';
import { unreadableJpeg } from '../support/photos.js';
import { type RunningRedis, startRedis } from '../support/redis.js';
import { crop, logIn, type Outcome, type Replica, startReplica } from '../support/replicas.js';
import { until } from '../support/until.js';

const trials = 1000;
/** With these, a trial that a dead replica held comes back after twelve seconds. */
const limits = ['--queue-timeout', '2', '--crop-timeout', '5', '--max-queue', '100'];

/** What the clients know of the calls with one token: their own record, which knows nothing of a server's. */
interface Account {
  readonly token: string;
  /** 200 or 422 has come, which spend a trial. */
  answered: number;
  /** Sent, and no answer has come, so that it may have been counted. */
  unanswered: number;
  /** Answered by what spends nothing, or never sent. */
  refused: number;
  /** `trials_remaining` of those that were answered. */
  readonly left: number[];
}

const photo = await photographMagicCard('ok');

/** Calls without a pause, with one token after the other, to one replica after the other, until it is told to stop. */
async function load(replicas: readonly Replica[], accounts: readonly Account[], isOver: () => boolean) {
  const transactions: string[] = [];
  const note = (account: Account, { status, body }: Outcome) => {
    if (status === 'broken') account.unanswered += 1;
    else if (status === 200 || status === 422) {
      const { transaction_id: transaction, trials_remaining: left } = JSON.parse(body);
      account.answered += 1;
      account.left.push(Number(left));
      transactions.push(transaction);
    } else if (status === 503 || status === 500 || status === 'unsent')
      account.refused += 1; // 500: the crop took too long
    else throw new Error(`unplanned: ${status} ${body}`);
  };
  const client = async (n: number) => {
    for (let i = n; !isOver(); i++) {
      const account = accounts[i % accounts.length]!;
      const img = i % 8 === 0 ? photo : unreadableJpeg;
      // Each token at each replica in turn: an even number of tokens would otherwise meet the same one each time.
      const replica = replicas[Math.floor(i / accounts.length) % replicas.length]!;
      note(account, await crop(replica.url, account.token, img));
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, n) => client(n)));
  return transactions;
}

const seconds = (n: number) => new Promise((resolve) => setTimeout(resolve, n * 1000));

/** Trials of a token of which a server has written down that their answer is ready. */
async function keptOf({ token }: Account): Promise<number> {
  const client = await createClient({ url: redis.url }).connect();
  const kept = await client.zRange('id-cropper:kept', 0, -1);
  client.destroy();
  return kept.filter((hold) => JSON.parse(hold)[1] === token).length;
}

async function spentOf({ url }: Replica, { token }: Account): Promise<number> {
  const path = `/accounts/demo/tokens/${token}`;
  const { trialsRemaining } = await control<{ trialsRemaining: number }>(url, 'GET', path);
  return trials - trialsRemaining;
}

interface Stage {
  readonly redis: RunningRedis;
  readonly replicas: readonly [Replica, Replica];
}

const killReplica = async ({ replicas: [replica] }: Stage) => {
  await replica.kill('SIGKILL');
  await seconds(0.5);
  await replica.start();
};
const killRedis = async ({ redis }: Stage) => {
  await redis.kill('SIGKILL');
  await seconds(0.5);
  await redis.start();
};
const killBoth = async (stage: Stage) => {
  const { redis, replicas } = stage;
  await Promise.all([redis.kill('SIGKILL'), replicas[1].kill('SIGKILL')]);
  await seconds(0.5);
  await redis.start();
  await replicas[1].start();
};

const redis = await startRedis(all);
const args = ['--state', redis.url, '--trials', String(trials), ...limits];
const stage: Stage = {
  redis,
  replicas: await Promise.all([startReplica(all, args), startReplica(all, args)]),
};

for (const [who, kill, isExact] of [
  ['Redis', killRedis, true],
  ['a replica', killReplica, false],
  ['both', killBoth, false],
] as const) {
  test(`kill -9 of ${who} under load: the counters agree with the clients`, {
    timeout: 600_000,
  }, async (t) => {
    const { replicas } = stage;
    await until('both are there', async () => {
      const states = await Promise.all(replicas.map(({ url }) => fetch(`${url}/readyz`)));
      return states.every(({ ok }) => ok);
    });
    const tokens = await Promise.all(Array.from({ length: 6 }, () => logIn(replicas[0].url)));
    const accounts = tokens.map((token) => ({ token, answered: 0, unanswered: 0, refused: 0, left: [] }));
    let isOver = false;
    const loading = load(replicas, accounts, () => isOver);
    const sum = (of: (account: Account) => number) => accounts.reduce((all, each) => all + of(each), 0);
    const more20 = async () => {
      const before = sum((it) => it.answered);
      await until('20 more answers', () => sum((it) => it.answered) >= before + 20);
    };
    for (let i = 0; i < 3; i++) {
      await more20();
      await kill(stage);
    }
    await more20();
    isOver = true;
    const transactions = await loading;
    t.equal(new Set(transactions).size, transactions.length, 'no transaction twice');
    await seconds(13); // until what a dead replica held has come back

    let more = 0;
    for (const account of accounts) {
      const spent = await spentOf(replicas[0], account);
      const { answered, unanswered, left } = account;
      more += spent - answered;
      // By the clients' record. Of the answer to a call without one the replica that was killed may have sent a part, or it was about to.
      const most = answered + (isExact ? 0 : unanswered);
      const record = `${spent} counted, ${answered} answered, ${unanswered} unanswered`;
      t.ok(spent >= answered, `no answer that was not counted: ${record}`);
      t.ok(spent <= most, `nothing counted without an answer: ${record}`);
      t.ok(
        left.every((it) => it >= 0 && it < trials),
        'every answer had a trial',
      );
      t.ok(
        Math.min(trials, ...left) <= trials - answered,
        'so many answers have come down to so many trials',
      );
      // By the server's.
      t.equal(spent, await keptOf(account), 'counted is what had an answer that was ready, and nothing else');
    }
    const facts = `${sum((it) => it.answered)} answers, ${sum((it) => it.refused)} refused, ${sum((it) => it.unanswered)} broken, ${more} of these counted`;
    t.comment(facts);
    t.ok(sum((it) => it.refused + it.unanswered) > 0, facts);
  });
}
