import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/package-root.js';

const execute = promisify(execFile);

export const workshop = join(packageRoot, 'build/examples');

/** Pinned: another version is another check. Their users install them; this package does not. */
const packages = { express: '5.3.0', newman: '6.2.2', testcontainers: '11.9.0' };

/** Runs a program of the package's root to its end. @throws what `execFile` throws, with `code`, `stdout` and `stderr` */
export const run = (
  [program, ...words]: readonly string[],
  {
    env = {},
    cwd = packageRoot,
  }: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
) => {
  const { NODE_OPTIONS: _ofTap, ...inherited } = process.env;
  return execute(program!, words, { cwd, env: { ...inherited, ...env }, maxBuffer: 2 ** 26 });
};

/** A folder with Express, newman and Testcontainers; what is in it already stays. */
export async function installPackages(): Promise<NodeJS.Require> {
  mkdirSync(workshop, { recursive: true });
  writeFileSync(
    join(workshop, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies: packages }),
  );
  await run(['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline'], {
    cwd: workshop,
  });
  return createRequire(join(workshop, 'package.json'));
}

/** @returns a Python that has what the Django example asks for */
export async function installDjango(): Promise<string> {
  const folder = join(workshop, 'venv');
  if (!existsSync(folder)) await run([process.env.PYTHON ?? 'python3', '-m', 'venv', folder]);
  await run([join(folder, 'bin/pip'), 'install', '--quiet', '-r', 'examples/django/requirements.txt']);
  return join(folder, 'bin/python');
}

const tsc = join(packageRoot, 'node_modules/typescript/bin/tsc');

/** What the compiler is told of an example in TypeScript: strict, and no more than Node can strip. */
export const compiling: readonly [string, ...string[]] = [
  process.execPath,
  ...[tsc, '--strict', '--erasableSyntaxOnly', '--ignoreConfig', '--skipLibCheck'],
  ...['--types', 'node', '--module', 'nodenext', '--target', 'es2022', '--outDir', workshop],
];

/** Compiles an example beside the packages that it imports. @returns the program */
export async function compileWithPackages(source: string): Promise<string> {
  const copy = join(workshop, basename(source));
  copyFileSync(join(packageRoot, source), copy);
  await run([...compiling, copy]);
  return copy.replace(/\.ts$/, '.js');
}

export interface Newman {
  run(
    options: object,
    done: (error: Error | null, summary: NewmanSummary) => void,
  ): {
    on(
      event: 'script',
      listener: (
        error: Error | null,
        run: {
          readonly item: { readonly name: string };
          readonly execution?: { readonly return?: { readonly visualizer?: { readonly data: object } } };
        },
      ) => void,
    ): void;
  };
}

interface NewmanSummary {
  readonly run: {
    readonly stats: { readonly assertions: { readonly total: number } };
    readonly failures: readonly {
      readonly source: { readonly name: string };
      readonly error: { readonly message: string };
    }[];
  };
}
