import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Command } from 'commander';
import { servesTls } from '../config/config.js';
import { settings } from '../config/settings.js';
import { addSettings, configFromFlags, type Flags } from './options.js';
import { reachableHost } from './reachable-host.js';

const timeoutMs = 2000;

/**
 * Asks `/readyz`. A container's health check is a process of its own, which shares the server's environment but not its flags:
 * without flags of its own it takes those of the container's first process.
 */
export async function healthcheck(flags: Flags): Promise<void> {
  const config = configFromFlags(Object.keys(flags).length > 0 ? flags : flagsOfFirstProcess());
  const url = `${servesTls(config) ? 'https' : 'http'}://${reachableHost(config.host)}:${config.port}/readyz`;
  const status = await statusOf(url).catch((error: Error) => error);
  if (status instanceof Error) throw new Error(`${url} does not answer (${status.message})`);
  if (status !== 200) throw new Error(`${url} answers ${status}`);
  console.log(`${url} is ready`);
}

/** Whatever the certificate: that this machine answers is all that matters. */
async function statusOf(url: string): Promise<number | undefined> {
  const { get } = url.startsWith('https:') ? await import('node:https') : await import('node:http');
  const asking = get(url, {
    agent: false,
    rejectUnauthorized: false,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

function flagsOfFirstProcess(): Flags {
  return readServerFlags(commandLineOf(1));
}

/** The flags in the command line of a `serve`; none where it is the command line of something else. */
export function readServerFlags(words: readonly string[]): Flags {
  const program = words.findIndex((word) => /(^|\/)(cli\.js|valify-id-cropper-simulator)$/.test(word));
  if (program < 0) return {};
  const command = addSettings(new Command(), (name) => settings[name].reach !== 'file')
    .allowUnknownOption()
    .allowExcessArguments();
  return command.parse(words.slice(program + 1), { from: 'user' }).opts();
}

/** Nothing where there is no `/proc`, as on macOS: there is no container around us there either. */
function commandLineOf(processId: number): string[] {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
