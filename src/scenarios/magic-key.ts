import { type ScenarioName, scenarioCatalogue } from './catalogue.js';

const length = 32;
const prefix = 'magic-';

/**
 * The bundle key that asks for a scenario on any account, without any set-up. As long as the vendor's keys, for clients that
 * measure them.
 *
 * @example magicKey('no-card') // '0000000000000000000magic-no-card'
 */
export const magicKey = (name: ScenarioName): string => `${prefix}${name}`.padStart(length, '0');

/** The zeros in front are there to fill; `magic-no-card` alone will do. */
export function scenarioOfKey(bundleKey: string): ScenarioName | undefined {
  const name = /^0*magic-(.+)$/.exec(bundleKey)?.[1];
  return name !== undefined && Object.hasOwn(scenarioCatalogue, name) ? (name as ScenarioName) : undefined;
}
