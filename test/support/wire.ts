import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

export interface WireRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer | undefined;
  /** Sends the headers and never the body that they promise. */
  readonly withholdBody?: boolean;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** One request on a connection of its own. What `fetch` would not send (a GET with a body, odd headers) goes out as it is. */
export function send(
  url: string,
  { method = 'POST', path, headers = {}, body, withholdBody }: WireRequest,
): Promise<WireAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        outgoing.destroy();
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString(),
        });
      });
    });
    outgoing.on('error', reject);
    if (withholdBody) outgoing.flushHeaders();
    else outgoing.end(body);
  });
}

/** Bytes as they are onto a socket; what comes back until the server closes it. */
export function sendRaw(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      received += text;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
}

/** The answers in what a socket received, one after the other; every one of this server's declares its length. */
export function parseAnswers(received: string): WireAnswer[] {
  const answers: WireAnswer[] = [];
  let rest = Buffer.from(received);
  while (rest.length > 0) {
    const end = rest.indexOf('\r\n\r\n');
    const [statusLine, ...lines] = rest.subarray(0, end).toString().split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    );
    const after = end + 4 + Number(headers['content-length'] ?? 0);
    const text = rest.subarray(end + 4, after).toString();
    answers.push({ status: Number(statusLine?.split(' ')[1]), headers, text });
    rest = rest.subarray(after);
  }
  return answers;
}

/** A connection that the test writes to and breaks as it likes. `reads` false: whatever comes stays where it is. */
export async function openSocket(url: string, { reads = true } = {}) {
  const { hostname, port } = new URL(url);
  let received = '';
  const socket = connect(Number(port), hostname);
  if (reads)
    socket.setEncoding('utf8').on('data', (text) => {
      received += text;
    });
  await once(socket, 'connect');
  socket.on('error', () => {}); // A reset is an end like any other.
  const closed = new Promise((resolve) => socket.once('close', resolve)); // after a reset too
  return {
    write: (text: string | Buffer) => new Promise<void>((done) => socket.write(text, () => done())),
    received: () => received,
    /** Nothing more will come; what is answered is still read. */
    end: () => socket.end(),
    destroy: () => socket.destroy(),
    reset: () => socket.resetAndDestroy(),
    closed: async () => {
      await closed;
      return received;
    },
  };
}
