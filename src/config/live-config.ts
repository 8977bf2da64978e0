import Type, { type Static } from 'typebox';
import type { Frozen } from '../frozen.js';
import {
  type Config,
  type ConfigDocument,
  ConfigError,
  type ConfigSources,
  camelCase,
  loadConfig,
  type Options,
  readConfigDocument,
} from './config.js';
import { fixedAtStart, type SettingName, settingNames } from './settings.js';

/** The configuration of a running server: as it was loaded, read again, or changed for the time being. */
export interface LiveConfig {
  readonly current: Config;
  /** What was changed since the start, in the words of a library caller. */
  readonly changes: Options;
  /**
   * Lays values over the loaded ones; `undefined` takes one off again.
   * @throws {ConfigError} naming every problem; nothing is changed then
   */
  change(options: Options): void;
  /** Only what was loaded, and these. @throws {ConfigError} */
  replaceChanges(options: Options): void;
  /**
   * Reads the config file again.
   * @returns the settings that now have other values, and those that would, but are fixed at the start
   * @throws {ConfigError} naming every problem; everything stays as it was
   */
  reload(): Reloaded;
  /** Called after every change, with what was before. */
  onChange(listener: (before: Config) => void): void;
}

const names = Type.Array(Type.Unsafe<SettingName>(Type.String()));
export const reloaded = Type.Object({ changed: names, needRestart: names });
export type Reloaded = Frozen<Static<typeof reloaded>>;

export function openConfig(sources: ConfigSources): LiveConfig {
  let document = readConfigDocument(sources);
  let loaded = loadConfig({ ...sources, document });
  let current = loaded;
  let changes: Options = {};
  const listeners: ((before: Config) => void)[] = [];

  /** What is in force is replaced in one go, and only when all of it is sound. */
  function put(nextDocument: ConfigDocument, next: Options): void {
    const given = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
    refuseFixed(given);
    const options = { ...sources.options, ...given };
    const fresh = withFixedOf(loaded, loadConfig({ ...sources, document: nextDocument, options }));
    const before = current;
    document = nextDocument;
    changes = given;
    current = fresh;
    for (const listener of listeners) listener(before);
  }

  return {
    get current() {
      return current;
    },
    get changes() {
      return changes;
    },
    change: (options) => put(document, { ...changes, ...options }),
    replaceChanges: (options) => put(document, options),
    reload: () => {
      const nextDocument = readConfigDocument(sources);
      const fresh = loadConfig({ ...sources, document: nextDocument });
      put(nextDocument, changes);
      const differing = differences(loaded, fresh);
      loaded = withFixedOf(loaded, fresh);
      return {
        changed: differing.filter((name) => !fixedAtStart.has(name)),
        needRestart: differing.filter((name) => fixedAtStart.has(name)),
      };
    },
    onChange: (listener) => listeners.push(listener),
  };
}

function refuseFixed(options: Options): void {
  const fixed = settingNames.filter((name) => fixedAtStart.has(name) && camelCase(name) in options);
  if (fixed.length > 0) {
    throw new ConfigError(
      fixed.map((name) => `${name} can be set when the server starts, not while it runs`),
    );
  }
}

/** By the name that it has in flags and files. */
export const settingOf = (config: Config, name: SettingName) =>
  (config as unknown as Record<string, unknown>)[camelCase(name)];

function withFixedOf(old: Config, fresh: Config): Config {
  const kept = [...fixedAtStart].map((name) => [camelCase(name), settingOf(old, name)]);
  return { ...fresh, ...Object.fromEntries(kept) };
}

const differences = (a: Config, b: Config) =>
  settingNames.filter((name) => JSON.stringify(settingOf(a, name)) !== JSON.stringify(settingOf(b, name)));
