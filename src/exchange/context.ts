import type { ServerResponse } from 'node:http';
import type { Clocks } from '../clock.js';
import type { Config } from '../config/config.js';
import type { Cropper } from '../cropper/cropper.js';
import type { ErrorCatalogue } from '../errors.js';
import type { Journal } from '../journal/journal.js';
import type { Controls } from '../state/controls.js';
import type { Identifiers } from '../state/identifiers.js';
import type { State } from '../state/state.js';
import type { Store } from '../state/store.js';
import type { Closing } from './closing.js';

/** What the stations of a request work with. Time, state and pixels are passed in, never imported. */
export interface Context {
  /** As it stands now: some settings change while the server runs. */
  readonly config: Config;
  /** What names and chance are drawn from. */
  readonly seed: string;
  readonly errors: ErrorCatalogue;
  readonly clocks: Clocks;
  /** What keeps the clocks and the changed settings the same in all replicas. */
  readonly controls: Controls;
  readonly state: State;
  readonly journal: Journal;
  readonly store: Store;
  readonly cropper: Cropper;
  readonly identifiers: Identifiers;
  readonly closing: Closing;
  /** Waits until so many milliseconds after the request came. */
  readonly holdAnswer: (
    ms: number,
    reply: { readonly elapsedTime: number; readonly raw: ServerResponse },
  ) => Promise<void>;
}
