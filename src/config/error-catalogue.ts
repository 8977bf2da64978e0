import { type ErrorCatalogue, overrideErrors } from '../errors.js';
import type { Config } from './config.js';

/** The refusals of a server with this configuration. */
export function errorsOf({
  errors,
  trialsExhaustedCode: code,
}: Pick<Config, 'errors' | 'trialsExhaustedCode'>): ErrorCatalogue {
  if (code === undefined) return overrideErrors(errors);
  return overrideErrors({ ...errors, TRIALS_EXHAUSTED_CODED: { ...errors.TRIALS_EXHAUSTED_CODED, code } });
}
