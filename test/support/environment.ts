/**
 * The environment as a user's shell has it, without what is meant for tap's own processes: a test runner inside a test runner must
 * not take itself for a part of it.
 */
export const shellEnvironment: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(_?TAP|NODE_TEST|NODE_OPTIONS)/.test(name)),
);
