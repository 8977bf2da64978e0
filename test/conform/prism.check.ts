// npm run check:drift: Prism as a validating proxy, errors on, between `conform` and our server. It is fetched from the registry of packages, in a version
// that is pinned: another one is another check.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { type Test, test } from 'tap';
import { parse } from 'yaml';
import type { CallName } from '../../src/contract/calls.js';
import { packageRoot } from '../../src/package-root.js';
import { startSimulator } from '../support/simulator.js';
import { send, type WireAnswer } from '../support/wire.js';
import { drifts, patient, visit } from './visit.js';

const version = '5.16.0';
const startMs = 280_000; // with the download

interface Objection {
  readonly call: CallName;
  /** The kind, and for a body or a header what is wrong with it. */
  readonly says: string;
}

interface Listed extends Objection {
  readonly row: string;
}

const listed = (
  parse(readFileSync(join(packageRoot, 'test/conform/prism-accepted.yaml'), 'utf8')) as Listed[]
).map(({ call, says }) => ({ call, says }));

async function startPrism(t: Test, upstream: string): Promise<string> {
  const port = 34_000 + Math.floor(Math.random() * 1000);
  const prism = ['--yes', '--package', `@stoplight/prism-cli@${version}`, '--', 'prism'];
  const proxy = ['proxy', join(packageRoot, 'openapi.yaml'), upstream, '--errors', '--port', `${port}`];
  const child = spawn('npx', [...prism, ...proxy], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  t.teardown(() => process.kill(-child.pid!, 'SIGKILL'));
  await said(child, 'Prism is listening');
  return `http://127.0.0.1:${port}`;
}

function said(child: ChildProcess, words: string): Promise<void> {
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes(words)) resolve();
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('exit', () => reject(new Error(output)));
  });
}

/** `undefined` for an answer of the server's. */
function objectionIn({ headers, text }: WireAnswer): string | undefined {
  if (!headers['content-type']?.startsWith('application/problem+json')) return undefined;
  const { type, validation = [] } = JSON.parse(text) as {
    type: string;
    validation?: { location?: string[]; message?: string }[];
  };
  const details = validation.map(({ location = [], message }) => `${location.join('.')}: ${message}`);
  return [type.replace(/.*#/, ''), ...details].join('; ');
}

type Answering = (request: IncomingMessage, body: Buffer) => Promise<WireAnswer>;

async function listen(t: Test, answering: Answering): Promise<string> {
  const server = createServer(async (request, response) => {
    const answer = await answering(request, await buffer(request));
    const { 'transfer-encoding': _, connection: __, ...headers } = answer.headers;
    response.writeHead(answer.status, { ...headers, 'content-length': Buffer.byteLength(answer.text) });
    response.end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** JSON that breaks off leaves its client waiting. */
const silence = 'no answer';
const patienceMs = 15_000;

test('Prism objects to what is listed, and to nothing else', { timeout: startMs + 300_000 }, async (t) => {
  const { url } = await startSimulator(t, patient);
  const objections: Objection[] = [];
  let call: CallName = 'path-headline';
  let latest: WireAnswer | undefined;
  // Prism writes JSON anew and a trial is spent once only: our server is asked first, and Prism gets that answer from behind.
  const prism = await startPrism(t, await listen(t, async () => latest!));
  const front = await listen(t, async ({ method = 'GET', url: path = '/', headers }, body) => {
    const asked = { method, path, headers: headers as Record<string, string>, body };
    latest = await send(url, asked);
    const says = await Promise.race([send(prism, asked).then(objectionIn), pause(patienceMs, silence)]);
    if (says !== undefined) objections.push({ call, says });
    return latest;
  });
  const report = await visit(
    front,
    {},
    {
      onCall: (name) => {
        call = name;
      },
    },
  );
  t.equal(report.stopped, null);
  t.same(objections, listed);
  t.same(drifts(report), {});
  t.comment(`${report.made.calls} calls, ${objections.length} objections, all of them listed`);
  if (process.env.PRISM_SHOW) t.comment(JSON.stringify(objections, null, 1));
});
