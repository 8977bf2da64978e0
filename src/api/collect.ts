import type { IncomingMessage } from 'node:http';
import { ClientGone } from '../cropper/turn.js';
import { vendorError } from '../errors.js';
import type { Scratch } from './scratch.js';

/**
 * All bytes of a body, in one piece of memory: of the scratch, if there is one, which wants it back, or of their own. A declared length is taken at once,
 * which costs nothing before it is written, so that what has arrived is held once, and not copied together at the end.
 * @param noteGrowth told of bytes that no header had declared
 * @throws {VendorError | ClientGone} `ENTITY_TOO_LARGE`, `MISSING_INPUT`, or what `noteGrowth` throws; the stream's own errors
 */
export function collectBody(
  stream: IncomingMessage,
  limit: number,
  noteGrowth: (bytes: number) => void,
  scratch?: Scratch,
): Promise<Uint8Array<ArrayBuffer>> {
  const declared = Number(stream.headers['content-length'] ?? Number.NaN);
  if (Number.isNaN(declared)) return collectChunks(stream, limit, noteGrowth);
  const own = () => new Uint8Array(Buffer.allocUnsafeSlow(declared).buffer as ArrayBuffer);
  return fill(stream, (declared < worthScratch ? undefined : scratch?.take(declared)) ?? own(), scratch);
}

/** What is shorter is memory that the process has anyway. */
const worthScratch = 32 * 1024;

async function fill(
  stream: IncomingMessage,
  bytes: Uint8Array<ArrayBuffer>,
  scratch: Scratch | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  let filled = 0;
  const take = (chunk: Buffer) => {
    bytes.set(chunk, filled);
    filled += chunk.length;
  };
  try {
    await follow(stream, take, () => {
      if (filled !== bytes.length) throw vendorError('MISSING_INPUT', 'body shorter or longer than declared');
    });
    return bytes;
  } catch (error) {
    scratch?.giveBack(bytes);
    throw error;
  }
}

function collectChunks(
  stream: IncomingMessage,
  limit: number,
  noteGrowth: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  return follow(
    stream,
    (chunk) => {
      length += chunk.length;
      if (length > limit) throw vendorError('ENTITY_TOO_LARGE', 'body longer than the limit while streaming');
      noteGrowth(chunk.length);
      chunks.push(chunk);
    },
    () => {
      const bytes = new Uint8Array(length);
      let filled = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, filled);
        filled += chunk.length;
      }
      return bytes;
    },
  );
}

/** What the listeners throw ends it. */
function follow<Result>(
  stream: IncomingMessage,
  onChunk: (chunk: Buffer) => void,
  onEnd: () => Result,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = () => stream.off('data', take).off('end', end).off('error', fail);
    const fail = (error: unknown) => {
      leave();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      try {
        onChunk(chunk);
      } catch (error) {
        fail(error);
      }
    };
    const end = () => {
      try {
        resolve(onEnd());
      } catch (error) {
        reject(error);
      }
    };
    if (stream.destroyed)
      reject(new ClientGone()); // No event of it is yet to come.
    else stream.on('data', take).on('end', end).on('error', fail);
  });
}
