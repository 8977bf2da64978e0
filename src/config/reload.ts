import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { clearInterval, setInterval } from '../real-time.js';
import { ConfigError } from './config.js';
import type { LiveConfig, Reloaded } from './live-config.js';

/** Often enough for a person who waits for it; reading a small file costs next to nothing. */
const intervalMs = 500;

/** Where it is said what became of it: the server's log. */
export interface ReloadLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/**
 * Reads the config file again whenever its text has changed. A bad file changes nothing, and the log says what is wrong with
 * it. The file is looked at rather than listened to: mounts of containers and editors that replace a file send no word of it.
 *
 * @returns what ends it
 */
export function watchConfig(path: string, live: LiveConfig, log: ReloadLog): () => void {
  if (!statSync(path).isFile()) return () => {}; // A pipe has been read and is empty.
  let known = readFileSync(path, 'utf8');
  const look = async () => {
    const text = await readFile(path, 'utf8').catch(() => known); // An editor may have it in its hands.
    if (text === known) return;
    known = text;
    reloadConfig(live, log);
  };
  const looking = setInterval(() => {
    look().catch((error: unknown) => {
      if (!(error instanceof ConfigError)) throw error;
    });
  }, intervalMs);
  looking.unref();
  return () => clearInterval(looking);
}

/** @throws {ConfigError} once it stands in the log; everything is as it was then */
export function reloadConfig(live: LiveConfig, log: ReloadLog): Reloaded {
  try {
    const reloaded = live.reload();
    log.info(reloaded, 'configuration read again');
    return reloaded;
  } catch (error) {
    if (error instanceof ConfigError) {
      // Not the lines of the file below them, which may hold a password.
      const problems = error.problems.map((problem) => problem.split(/:?\n/)[0]);
      log.error({ problems }, 'the configuration has problems and stays as it was');
    }
    throw error;
  }
}
