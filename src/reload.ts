import { unwatchFile, watchFile } from 'node:fs';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { ConfigError } from './config.js';
import type { LiveConfig, Reloaded } from './live-config.js';

/** Often enough for a person who waits for it; looking at a file costs next to nothing. */
const intervalMs = 500;

/**
 * Reads the config file again whenever it has changed. A bad file changes nothing, and the log says what is wrong with it.
 * The file is looked at rather than listened to: mounts of containers and editors that replace a file send no word of it.
 */
export function watchConfig(path: string, live: LiveConfig, app: FastifyInstance): void {
  const listener = () => {
    try {
      reloadConfig(live, app.log);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
    }
  };
  watchFile(path, { interval: intervalMs, persistent: false }, listener);
  app.addHook('onClose', async () => unwatchFile(path, listener));
}

/** @throws {ConfigError} once it stands in the log; everything is as it was then */
export function reloadConfig(live: LiveConfig, log: FastifyBaseLogger): Reloaded {
  try {
    const reloaded = live.reload();
    log.info(reloaded, 'configuration read again');
    return reloaded;
  } catch (error) {
    if (error instanceof ConfigError) {
      log.error({ problems: error.problems }, 'the configuration has problems and stays as it was');
    }
    throw error;
  }
}
