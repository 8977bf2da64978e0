import timers from 'node:timers';

/**
 * Waiting in real time, whatever a test has put in the place of the global timers: Sinon, Vitest and Jest replace those, and Sinon
 * the members of `node:timers` too, so that they are taken out of it as this file is loaded. The linter keeps the globals out of src/.
 */
export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = timers;

/** The time of day as it is, whatever a test pretends. */
// biome-ignore lint/style/noRestrictedGlobals: this is the place that takes it
export const RealDate = Date;
