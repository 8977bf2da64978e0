import type { IncomingMessage } from 'node:http';
import { vendorError } from '../errors.js';

/**
 * All bytes of a body, in one piece of memory of their own. A declared length is taken at once, which costs nothing before it is
 * written, so that what has arrived is held once, and not copied together at the end.
 * @param noteGrowth told of bytes that no header had declared
 * @throws {VendorError} `ENTITY_TOO_LARGE`, `MISSING_INPUT`, or what `noteGrowth` throws; the stream's own errors
 */
export function collectBody(
  stream: IncomingMessage,
  limit: number,
  noteGrowth: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const declared = Number(stream.headers['content-length'] ?? Number.NaN);
  return Number.isNaN(declared) ? collectChunks(stream, limit, noteGrowth) : fill(stream, declared);
}

function fill(stream: IncomingMessage, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer as ArrayBuffer);
  let filled = 0;
  return follow(
    stream,
    (chunk) => {
      bytes.set(chunk, filled);
      filled += chunk.length;
    },
    () => {
      if (filled === length) return bytes;
      throw vendorError('MISSING_INPUT', 'body shorter or longer than declared');
    },
  );
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
      leave();
      try {
        resolve(onEnd());
      } catch (error) {
        reject(error);
      }
    };
    stream.on('data', take).on('end', end).on('error', fail);
  });
}
