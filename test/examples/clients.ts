import { join } from 'node:path';
import { compiling, workshop } from './tools.js';

/** A client of examples/: what makes a program of it, if anything has to, and how that program is run. */
export interface Client {
  readonly file: string;
  readonly prepare?: readonly string[];
  readonly run: readonly string[];
}

const compiled = (language: string, file: string, prepare: readonly string[], run: string[]) => ({
  [language]: { file, prepare: [...prepare, file], run },
});

/** By the language; relative to the package's root. */
export const clients: Readonly<Record<string, Client>> = {
  curl: { file: 'examples/curl/crop.sh', run: ['bash', 'examples/curl/crop.sh'] },
  Node: { file: 'examples/node/crop.mjs', run: [process.execPath, 'examples/node/crop.mjs'] },
  ...compiled('TypeScript', 'examples/typescript/crop.ts', compiling, [
    process.execPath,
    join(workshop, 'crop.js'),
  ]),
  Python: {
    file: 'examples/python/crop.py',
    run: [process.env.PYTHON ?? 'python3', 'examples/python/crop.py'],
  },
  ...compiled(
    'Go',
    'examples/go/crop.go',
    ['go', 'build', '-o', join(workshop, 'crop')],
    [join(workshop, 'crop')],
  ),
  ...compiled(
    'Java',
    'examples/java/Crop.java',
    ['javac', '-Xlint:all', '-Werror', '-d', join(workshop, 'java')],
    ['java', '-cp', join(workshop, 'java'), 'Crop'],
  ),
  PHP: { file: 'examples/php/crop.php', run: ['php', 'examples/php/crop.php'] },
  ...compiled(
    'C#',
    'examples/csharp/Crop.cs',
    [
      ...['mcs', '-warnaserror', '-r:System.Net.Http', '-r:System.Runtime.Serialization'],
      `-out:${join(workshop, 'crop.exe')}`,
    ],
    ['mono', join(workshop, 'crop.exe')],
  ),
};
