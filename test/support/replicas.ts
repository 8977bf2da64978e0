import { Agent, request } from 'node:http';
import type { Test } from 'tap';
import { startCommand } from './command.js';
import { freePort } from './redis.js';
import { bundleKey, cropHeaders, cropperPath, passwordGrant, tokenPath } from './simulator.js';

/** A server process on a port of its own, which can be killed and started again there. */
export async function startReplica(
  t: Test,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const port = String(await freePort());
  const start = () => startCommand(t, ['--port', port, '--control', 'on', ...args], { env });
  let running = await start();
  return {
    url: running.url,
    log: () => running.output.stderr,
    kill: async (signal: NodeJS.Signals) => {
      running.kill(signal);
      await running.ended;
    },
    start: async () => {
      running = await start();
    },
  };
}

export type Replica = Awaited<ReturnType<typeof startReplica>>;

/** What a client knows of a call; `broken`: its connection ended before there was an answer; `unsent`: there was none to send it on. */
export interface Outcome {
  readonly status: number | 'broken' | 'unsent';
  readonly body: string;
  readonly retryAfter?: string | undefined;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function post(url: string, path: string, headers: object, body: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const broken = ({ code }: NodeJS.ErrnoException) =>
      resolve({ status: code === 'ECONNREFUSED' ? 'unsent' : 'broken', body: '' });
    const outgoing = request(
      new URL(path, url),
      { method: 'POST', agent, headers: { ...headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', broken);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: answer.statusCode ?? 0, body: text, retryAfter: answer.headers['retry-after'] });
        });
      },
    );
    outgoing.on('error', broken);
    outgoing.end(body);
  });
}

export const crop = (url: string, token: string, img: string): Promise<Outcome> =>
  post(url, cropperPath, cropHeaders(token), JSON.stringify({ bundle_key: bundleKey, img }));

export async function logIn(url: string): Promise<string> {
  const form = new URLSearchParams(passwordGrant).toString();
  const { status, body } = await post(
    url,
    tokenPath,
    { 'content-type': 'application/x-www-form-urlencoded' },
    form,
  );
  if (status !== 200) throw new Error(`no token: ${status} ${body}`);
  return (JSON.parse(body) as { access_token: string }).access_token;
}
