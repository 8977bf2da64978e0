import { addAbortListener } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Waits in real time, or until the client has gone or the server is to end. */
export function pause(ms: number, response: ServerResponse, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const end = () => {
      clearTimeout(timer);
      response.off('close', end);
      closed[Symbol.dispose]();
      resolve();
    };
    const timer = setTimeout(end, ms);
    response.once('close', end);
    const closed = addAbortListener(closing, end);
  });
}
