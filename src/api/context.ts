import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import type { Cropper } from '../cropper.js';
import type { ErrorCatalogue } from '../errors.js';
import type { Store } from '../state/store.js';

/** What the stations of a request work with. Time, state and pixels are passed in, never imported. */
export interface Context {
  readonly config: Config;
  readonly errors: ErrorCatalogue;
  readonly clock: Clock;
  readonly store: Store;
  readonly cropper: Cropper;
}
