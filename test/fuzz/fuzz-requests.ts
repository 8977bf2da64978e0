import { connect } from 'node:net';
import fc from 'fast-check';
import { isOwnPage, pathOf } from '../../src/exchange/paths.js';
import { parseAnswers, send, type WireAnswer, type WireRequest } from '../support/wire.js';
import { cropRequests, rawRequests, tokenRequests } from './requests.js';
import { faultOfAnswer } from './vendor-shape.js';

interface Target {
  readonly url: string;
  /** One that has trials left. */
  readonly token: string;
}

interface Extent {
  readonly seed: number;
  readonly runs: number;
}

/** @throws with the smallest request that is answered otherwise than the contract has it, and with how to make it again */
export async function fuzzHttp(target: Target, extent: Extent): Promise<void> {
  const requests = fc.oneof(
    { arbitrary: cropRequests(target.token), weight: 3 },
    { arbitrary: tokenRequests, weight: 2 },
  );
  await assertAll(extent, requests, async (request) => {
    if (isOwnPage(pathOf(request.path).replace(/\/+/g, '/'))) return;
    const answer = await sendOrBreak(target.url, request);
    refuse(answer && faultOfAnswer({ method: 'POST', ...request }, answer));
  });
}

/** What Node's client itself objects to goes nowhere; a server that breaks the connection on a request that is HTTP is a finding. */
async function sendOrBreak(url: string, request: WireRequest): Promise<WireAnswer | undefined> {
  try {
    return await send(url, request);
  } catch (error) {
    // A body behind a method or a path that is refused: the answer may come, and the connection end, while it is being written.
    if (['EPIPE', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '') && request.body)
      return undefined;
    throw error;
  }
}

const side = 20;

/** Bytes that may be no HTTP, so many connections at a time. */
export async function fuzzWire(target: Target, { seed, runs }: Extent): Promise<void> {
  const groups = fc.array(rawRequests(target.token), { minLength: side, maxLength: side });
  await assertAll({ seed, runs: Math.ceil(runs / side) }, groups, async (texts) => {
    const received = await Promise.all(texts.map((text) => sendBytes(target.url, text)));
    for (const answer of received.flatMap(parseAnswers)) refuse(faultOfRawAnswer(answer));
  });
}

/** Whose answer it is only the server knows. */
const faultOfRawAnswer = (answer: WireAnswer) => {
  if (answer.status === 100 || answer.text === '') return undefined;
  const faults = ['/', '/api/o/token/?x', '/api/v1/id_cropper_register'].map((path) => faultOf(path, answer));
  return faults.includes(undefined) ? undefined : faults.join('; ');
};

function faultOf(path: string, answer: WireAnswer): string | undefined {
  try {
    return faultOfAnswer({ method: 'POST', path }, answer);
  } catch (error) {
    return (error as Error).message;
  }
}

const quietMs = 150;

/** What comes back until the server closes the connection, or waits for more. */
function sendBytes(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'));
    socket.setTimeout(quietMs, () => socket.destroy());
    socket.setEncoding('utf8').on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', () => {}); // A reset is an end like any other.
    socket.on('close', () => resolve(received));
  });
}

async function assertAll<T>({ seed, runs }: Extent, all: fc.Arbitrary<T>, check: (each: T) => Promise<void>) {
  await fc.assert(fc.asyncProperty(all, check), { seed, numRuns: runs });
}

function refuse(fault: string | undefined): void {
  if (fault !== undefined) throw new Error(fault);
}
