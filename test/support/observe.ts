import { connect } from 'node:net';
import { parseAnswers, type WireAnswer } from './wire.js';

/** What a client saw of an exchange, down to how the connection ended. */
export interface Observed {
  /** `quiet`: nothing came in all the time that the observer was willing to wait. */
  readonly end: 'closed' | 'reset' | 'quiet';
  readonly received: string;
  readonly answer?: WireAnswer;
  /** From the last byte sent to the first received. */
  readonly firstByteMs: number;
  readonly ms: number;
  /** In how many pieces the answer came. */
  readonly pieces: number;
}

interface Asked {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly patienceMs?: number;
}

/** One POST on a connection of its own, watched byte by byte. */
export function observe(
  url: string,
  { path, headers, body, patienceMs = 100_000 }: Asked,
): Promise<Observed> {
  const { hostname, port } = new URL(url);
  const lines = Object.entries({ host: hostname, connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = [`POST ${path} HTTP/1.1`, ...lines, `content-length: ${Buffer.byteLength(body)}`, '', ''];
  return new Promise((resolve) => {
    const startedMs = performance.now();
    const elapsed = () => performance.now() - startedMs;
    const chunks: Buffer[] = [];
    let firstByteMs = 0;
    const socket = connect(Number(port), hostname, () => socket.write(head.join('\r\n') + body));
    const finish = (end: Observed['end']) => {
      clearTimeout(patience);
      socket.destroy();
      const received = Buffer.concat(chunks).toString();
      const [answer] = received === '' ? [] : parseAnswers(received);
      resolve({
        end,
        received,
        firstByteMs,
        ms: elapsed(),
        pieces: chunks.length,
        ...(answer && { answer }),
      });
    };
    const patience = setTimeout(() => finish('quiet'), patienceMs);
    socket.on('data', (chunk: Buffer) => {
      if (chunks.length === 0) firstByteMs = elapsed();
      chunks.push(chunk);
    });
    socket.on('error', () => finish('reset'));
    socket.on('close', () => finish('closed'));
  });
}
