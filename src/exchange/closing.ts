import { EventEmitter } from 'node:events';

/** That the server shuts down: whoever keeps a client waiting on purpose stops then. */
export interface Closing {
  begin(): void;
  /** Called as it begins. @returns what takes that back */
  onBegin(listener: () => void): () => void;
}

/** No AbortSignal: where tests have a window of their own, theirs has taken the place of Node's. */
export function createClosing(): Closing {
  const events = new EventEmitter().setMaxListeners(0); // as many as clients that wait
  return {
    begin: () => {
      events.emit('begin');
    },
    onBegin: (listener) => {
      events.once('begin', listener);
      return () => events.off('begin', listener);
    },
  };
}
