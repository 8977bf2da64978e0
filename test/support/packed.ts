import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Test } from 'tap';
import { packageRoot } from '../../src/package-root.js';

const run = promisify(execFile);

/** Of a project that has installed something. */
export interface Installed {
  /** What npm said, warnings included; empty lines left out. */
  readonly output: readonly string[];
  /** By their folders under the project's. */
  readonly packages: readonly string[];
  readonly files: number;
  /** On the disk, as `du` has them. */
  readonly megabytes: number;
}

/** npm as a user's shell starts it: neither as a part of `npm test`, nor with tap in front of every module. */
async function npm(args: readonly string[], cwd: string): Promise<string> {
  const inherited = Object.keys(process.env).filter((name) => /^(npm_|NODE_OPTIONS)/.test(name));
  const without = inherited.flatMap((name) => ['-u', name]);
  const { stdout, stderr } = await run('env', [...without, 'npm', ...args], { cwd });
  return stdout + stderr;
}

/** Outside this repository, whose packages would be found by whatever lies in it. It goes with the test. */
export function emptyFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'installed-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What would be published of the `dist/` that there is. @returns the path of the tarball */
export async function pack(folder: string): Promise<string> {
  const output = await npm(
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
    packageRoot,
  );
  return join(folder, output.trim());
}

/** Into a new project in that folder, from npm's cache as far as it goes. */
export async function install(folder: string, packages: readonly string[], flags: readonly string[] = []) {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const output = await npm(
    ['install', '--prefer-offline', '--no-audit', '--no-fund', ...flags, ...packages],
    folder,
  );
  return { ...measure(folder), output: output.split('\n').filter((line) => line !== '') };
}

function measure(folder: string): Omit<Installed, 'output'> {
  const modules = join(folder, 'node_modules');
  const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
  const files = filesIn(modules);
  const blocks = files.reduce((sum, file) => sum + statSync(file).blocks, 0);
  return { packages: Object.keys(lock.packages), files: files.length, megabytes: (blocks * 512) / 2 ** 20 };
}

/** Paths of all files, links left out. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
