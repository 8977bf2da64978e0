import type { ServerResponse } from 'node:http';
import type { Closing } from '../exchange/closing.js';
import { clearTimeout, setTimeout } from '../real-time.js';

/** Waits in real time, or until the client has gone or the server is to end. */
export function pause(ms: number, response: ServerResponse, closing: Closing): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const end = () => {
      clearTimeout(timer);
      response.off('close', end);
      stopListening();
      resolve();
    };
    const timer = setTimeout(end, ms);
    response.once('close', end);
    const stopListening = closing.onBegin(end);
  });
}
