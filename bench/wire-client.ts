import { connect, type Socket } from 'node:net';

/** What the client of the HTTP benches costs must not count for much: bytes that are made once, and an answer that is only measured. */

/** A whole request. */
export function requestBytes(
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '',
): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: bench',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(head.join('\r\n')), Buffer.from(body)]);
}

export interface WireClient {
  /**
   * One request after the other on one connection, which is opened anew where it was closed.
   * @returns the status; `undefined` where there was no answer within the time
   */
  ask(bytes: Buffer, timeoutMs?: number): Promise<number | undefined>;
  close(): void;
}

export function openClient(port: number): WireClient {
  let socket: Socket | undefined;

  function open(): Socket {
    const opened = connect(port, '127.0.0.1');
    opened.setNoDelay(true);
    opened.on('error', () => {});
    opened.once('close', () => {
      if (socket === opened) socket = undefined;
    });
    return opened;
  }

  return {
    ask: (bytes, timeoutMs = 60_000) =>
      new Promise((resolve) => {
        socket ??= open();
        const used = socket;
        const isComplete = answerReader();
        let status: number | undefined;
        const end = (result: number | undefined) => {
          clearTimeout(timer);
          used.off('data', read).off('close', broken);
          if (result === undefined) used.destroy();
          resolve(result);
        };
        const read = (chunk: Buffer) => {
          const answer = isComplete(chunk);
          status = answer.status;
          if (answer.complete) end(status);
        };
        const broken = () => end(status);
        const timer = setTimeout(end, timeoutMs, undefined);
        used.on('data', read).once('close', broken);
        used.write(bytes);
      }),
    close: () => socket?.destroy(),
  };
}

/** Told the pieces of an answer, it knows when all of it is there. */
function answerReader() {
  let head = Buffer.alloc(0);
  let status: number | undefined;
  let missing: number | undefined;
  return (chunk: Buffer): { status: number | undefined; complete: boolean } => {
    if (missing === undefined) {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return { status, complete: false };
      const text = head.toString('latin1', 0, end);
      status = Number(text.slice(9, 12));
      const length = Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0);
      missing = length - (head.length - end - 4);
    } else missing -= chunk.length;
    return { status, complete: missing <= 0 };
  };
}
