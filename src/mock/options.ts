import { type Duration, readDuration } from '../control/duration.js';
import { MockError } from './error.js';

/** @throws {MockError} for an option that there is not: a slip must not pass for a wish */
export function refuseUnknown(what: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new MockError(null, `${what} has no option "${unknown}"; there is ${known.join(', ')}`);
}

/** @throws {MockError} for what is no duration */
export function toMs(what: string, timeout: Duration): number {
  const ms = readDuration(timeout);
  if (ms !== undefined) return ms;
  throw new MockError(
    null,
    `${what}: timeout "${timeout}" is no duration; write 500 or '500ms', '90s', '10m'`,
  );
}
