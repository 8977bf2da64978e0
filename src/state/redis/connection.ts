import { EventEmitter, once } from 'node:events';
import type { createClient } from '@redis/client';
import { vendorError } from '../../errors.js';
import { clearInterval, clearTimeout, setInterval, setTimeout } from '../../real-time.js';
import type { StateLog } from '../state.js';
import type { Address } from './address.js';
import { type Argument, type Reply, type Script, script } from './script.js';

export type Run = (script: Script, ...args: readonly Argument[]) => Promise<Reply>;

/** The one door to Redis or Valkey. */
export interface Connection {
  /** @throws {VendorError} `SERVICE_UNAVAILABLE` where there is no answer; whether it has happened all the same is not known then */
  readonly run: Run;
  /** Why nothing can be run at the moment. */
  readonly problem: string | undefined;
  /**
   * Connects, and again whenever it has to.
   * @param prepare called first on each connection; until it has succeeded, nothing else is run
   * @throws {Error} when there is no connection within ten seconds, or the server does not let us in
   */
  open(log: StateLog, prepare: Prepare): Promise<void>;
  close(): Promise<void>;
}

type Client = ReturnType<typeof createClient>;

/** Containers that start side by side are there within a few seconds. */
const startPatienceMs = 10_000;
/** A script takes a millisecond; a server that is silent for so long hangs, or the network does. */
const answerPatienceMs = 2000;
const heartbeatMs = 1000;
/** Doubled with each attempt that fails. */
const firstPauseMs = 50;
const longestPauseMs = 2000;

/** What a server answers when it cannot serve now; other errors of its own would be faults of our scripts. */
const notNow = /^(LOADING|READONLY|MASTERDOWN|NOREPLICAS|MISCONF|OOM|BUSY|TRYAGAIN|CLUSTERDOWN|UNBLOCKED)\b/;
/** It will not get better by waiting. */
const never = /^(WRONGPASS|NOAUTH|NOPERM)\b|DB index is out of range/;
/** A server's errors begin with a word in capitals, those of the connection do not. */
const fromServer = /^[A-Z]{3,} /;

/** @param mayWait false for what waiting does not help against, beside what the server says itself */
export function createConnection(
  { url, prefix, ttlSeconds }: Address,
  mayWait: (error: unknown) => boolean,
): Connection {
  const events = new EventEmitter();
  const closing = once(events, 'close');
  let client: Client | undefined;
  let problem: string | undefined = 'not connected yet';
  let failures = 0;
  let running = Promise.resolve();
  let closed = false;

  const runOn =
    (to: Client): Run =>
    async ({ sha, text }, ...args) => {
      const given = ['0', prefix, String(ttlSeconds), ...args.map(String)];
      const send = (...command: readonly string[]) => inTime(to.sendCommand<Reply>([...command, ...given]));
      try {
        return await send('EVALSHA', sha);
      } catch (error) {
        if (!/^NOSCRIPT/.test(messageOf(error))) throw error;
        return send('EVAL', text);
      }
    };

  const run: Run = async (script, ...args) => {
    const to = client;
    if (to === undefined) throw away(problem ?? 'the connection ended');
    try {
      return await runOn(to)(script, ...args);
    } catch (error) {
      const message = messageOf(error);
      if (fromServer.test(message) && !notNow.test(message)) throw error;
      if (client === to) to.emit('error', error);
      throw away(message, error);
    }
  };

  /** One connection from its beginning to its end. @returns why it ended */
  async function serve(log: StateLog, prepare: Prepare): Promise<unknown> {
    const fresh = await newClient(url);
    const lost = new Promise<unknown>((resolve) => {
      fresh.on('error', resolve);
    });
    const ended = Promise.race([lost, closing]);
    try {
      await before(ended, inTime(fresh.connect()));
      await before(ended, prepare(runOn(fresh)));
      client = fresh;
      problem = undefined;
      failures = 0;
      events.emit('ready');
      log.info({}, 'the shared state is there');
      return await beating(() => run(heartbeat), ended);
    } catch (error) {
      return error;
    } finally {
      client = undefined;
      await leave(fresh, closed);
    }
  }

  async function keepServing(log: StateLog, prepare: Prepare): Promise<void> {
    let told: string | undefined;
    while (!closed) {
      const cause = await serve(log, prepare);
      if (closed) return;
      problem = messageOf(cause);
      if (problem !== told || failures === 0) log.error({ reason: problem }, 'the shared state is away');
      told = problem;
      events.emit('failure', cause);
      await Promise.race([pause(Math.min(longestPauseMs, firstPauseMs * 2 ** failures)), closing]);
      failures += 1;
    }
  }

  const close = () => {
    closed = true;
    problem = 'the server closes';
    events.emit('close');
    return running;
  };

  return {
    run,
    get problem() {
      return problem;
    },
    open: async (log, prepare) => {
      running = keepServing(log, prepare);
      try {
        await firstReady(events, mayWait);
      } catch (error) {
        await close();
        throw new Error(`the shared state cannot be used: ${messageOf(error)}`, { cause: error });
      }
    },
    close,
  };
}

export type Prepare = (run: Run) => Promise<void>;

const heartbeat = script('return 1');

/** Only now: whoever keeps the state in memory does not load it. */
async function newClient(url: string): Promise<Client> {
  const redis = await import('@redis/client');
  return redis.createClient({
    url,
    // What was sent may have happened: nothing is sent a second time by itself.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: false, connectTimeout: answerPatienceMs },
  }) as Client;
}

/** What is under way is still answered where that is wanted. */
async function leave(client: Client, gently: boolean): Promise<void> {
  if (gently && client.isReady) await inTime(client.close()).catch(() => {});
  if (client.isOpen) client.destroy();
}

/** Until the connection has ended; a silence is noticed by whoever asks next, if need be by us. */
async function beating(beat: () => Promise<unknown>, ended: Promise<unknown>): Promise<unknown> {
  const timer = setInterval(() => {
    beat().catch(() => {}); // It has ended the connection then.
  }, heartbeatMs);
  try {
    return await ended;
  } finally {
    clearInterval(timer);
  }
}

async function before<Result>(ended: Promise<unknown>, step: Promise<Result>): Promise<Result> {
  const early = ended.then((cause) => {
    throw cause;
  });
  early.catch(() => {});
  return Promise.race([step, early]);
}

function firstReady(events: EventEmitter, mayWait: (error: unknown) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void) => {
      clearTimeout(patience);
      events.removeAllListeners('ready').removeAllListeners('failure');
      outcome();
    };
    let latest: unknown = new Error('no answer');
    const patience = setTimeout(() => settle(() => reject(latest)), startPatienceMs);
    events.once('ready', () => settle(resolve));
    events.on('failure', (cause) => {
      latest = cause;
      if (never.test(messageOf(cause)) || !mayWait(cause)) settle(() => reject(cause));
    });
  });
}

function inTime<Result>(answer: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error(`no answer within ${answerPatienceMs} ms`));
    const patience = setTimeout(giveUp, answerPatienceMs);
    answer.then(resolve, reject).finally(() => clearTimeout(patience));
  });
}

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
  });

/** Of several addresses that one name has, none has a message of its own. */
const messageOf = (error: unknown): string => {
  const { message, code } = (error ?? {}) as { message?: string; code?: string };
  return message || code || String(error);
};

const away = (reason: string, cause?: unknown) =>
  vendorError('SERVICE_UNAVAILABLE', `the shared state is away: ${reason}`, cause);
