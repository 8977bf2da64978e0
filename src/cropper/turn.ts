import { EventEmitter } from 'node:events';
import type { Config } from '../config/config.js';
import { vendorError } from '../errors.js';
import { clearTimeout, setTimeout } from '../real-time.js';
import type { WaitingRoom } from './waiting-room.js';

/** Nobody waits for the crop any more. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** What ends a photo's turn before its time. */
interface Limits extends Pick<Config, 'queueTimeout' | 'cropTimeout'> {
  /** Emits `gone` when nobody waits for the crop any more. */
  readonly departure?: EventEmitter | undefined;
  /** Of the photo. */
  readonly bytes?: number;
}

/**
 * One photo's way to a worker and back. To wait for one and to be worked on have a limit each: the first ends with 503, as a full
 * queue does, the second with 500, as it is the photo's fault or ours.
 *
 * A photo whose client goes is taken out of the waiting room. Once a worker has it, it is finished and thrown away: a worker that is
 * stopped has to be replaced, which takes 450 ms of CPU, and a whole crop takes 34 (the fixture `card-on-table`) to 180 (`png`).
 * @param start hands it to a worker, who is stopped when `signal` emits `abort`
 * @throws {VendorError | ClientGone} or what the worker throws
 */
export function takeTurn<Result>(
  room: WaitingRoom,
  { queueTimeout, cropTimeout, departure, bytes }: Limits,
  start: (signal: EventEmitter) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = (error: Error) => {
      takeOut();
      end();
      reject(error);
    };
    const timer = after(queueTimeout, () => giveUp(waitedInVain(queueTimeout)));
    const onGone = () => giveUp(new ClientGone());
    const end = () => {
      clearTimeout(timer);
      departure?.off('gone', onGone);
    };
    departure?.once('gone', onGone);
    const takeOut = room.enter(() => {
      clearTimeout(timer);
      // An emitter does for Piscina; where tests have a window of their own, `AbortSignal` is that window's.
      const signal = new EventEmitter();
      const stop = after(cropTimeout, () => {
        reject(new Error(`a crop took longer than ${cropTimeout} s (crop-timeout)`));
        signal.emit('abort');
      });
      const free = () => {
        clearTimeout(stop);
        end();
        room.leave();
      };
      void start(signal).finally(free).then(resolve, reject);
    }, bytes);
  });
}

const after = (seconds: number, happen: () => void) => setTimeout(happen, seconds * 1000).unref();

const waitedInVain = (seconds: number) =>
  vendorError('SERVICE_UNAVAILABLE', `waited ${seconds} s for a worker (queue-timeout)`);
