import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addSettings, configFromFlags, type Flags } from './options.js';
import { reachableHost } from './reachable-host.js';

const timeoutMs = 2000;

/**
 * Asks `/readyz`. A container's health check is a process of its own, which shares the server's environment but not its flags:
 * without flags of its own it takes those of the container's first process.
 */
export async function healthcheck(flags: Flags): Promise<void> {
  const { host, port } = configFromFlags(Object.keys(flags).length > 0 ? flags : flagsOfFirstProcess());
  const url = `http://${reachableHost(host)}:${port}/readyz`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error: Error) => error);
  if (answer instanceof Error) throw new Error(`${url} does not answer (${answer.cause ?? answer.message})`);
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  console.log(`${url} is ready`);
}

function flagsOfFirstProcess(): Flags {
  return readServerFlags(commandLineOf(1));
}

/** The flags in the command line of a `serve`; none where it is the command line of something else. */
export function readServerFlags(words: readonly string[]): Flags {
  const program = words.findIndex((word) => /(^|\/)(cli\.js|valify-id-cropper-simulator)$/.test(word));
  if (program < 0) return {};
  const command = addSettings(new Command(), ['server', 'photo']).allowUnknownOption().allowExcessArguments();
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
