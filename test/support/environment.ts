/**
 * The environment as a user's shell has it. tap adds its hooks to `NODE_OPTIONS`, which would stand in front of each module that
 * a started program loads; and a test runner inside a test runner must not take itself for a part of it.
 */
export const shellEnvironment: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(_?TAP|NODE_TEST|NODE_OPTIONS)/.test(name)),
);
