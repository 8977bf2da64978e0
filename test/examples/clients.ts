import { join } from 'node:path';
import { compiling, workshop } from './tools.js';

type Command = readonly [program: string, ...words: string[]];

/** A client of examples/: what makes a program of it, if anything has to, one after the other, and how that program is run. */
export interface Client {
  readonly file: string;
  readonly prepare: readonly Command[];
  readonly run: Command;
}

const script = (file: string, program: string): Client => ({ file, prepare: [], run: [program, file] });

const compiled = (file: string, compiler: Command, run: Command): Client => ({
  file,
  prepare: [[...compiler, file]],
  run,
});

const kotlin = join(workshop, 'kotlin');

/** By the language; relative to the package's root. */
export const clients: Readonly<Record<string, Client>> = {
  curl: script('examples/curl/crop.sh', 'bash'),
  Node: script('examples/node/crop.mjs', process.execPath),
  TypeScript: compiled('examples/typescript/crop.ts', compiling, [
    process.execPath,
    join(workshop, 'crop.js'),
  ]),
  Python: script('examples/python/crop.py', process.env.PYTHON ?? 'python3'),
  Go: compiled(
    'examples/go/crop.go',
    ['go', 'build', '-o', join(workshop, 'crop')],
    [join(workshop, 'crop')],
  ),
  Java: compiled(
    'examples/java/Crop.java',
    ['javac', '-Xlint:all', '-Werror', '-d', join(workshop, 'java')],
    ['java', '-cp', join(workshop, 'java'), 'Crop'],
  ),
  Kotlin: {
    file: 'examples/kotlin/Crop.kt',
    prepare: [
      [
        ...(['mvn', '-B', '-q', '-f', 'test/examples/kotlin-compiler.xml'] as const),
        ...['dependency:copy-dependencies', `-DoutputDirectory=${kotlin}/compiler`, '-Dmdep.stripVersion'],
      ],
      [
        ...(['java', '-cp', `${kotlin}/compiler/*`, 'org.jetbrains.kotlin.cli.jvm.K2JVMCompiler'] as const),
        ...['-Werror', '-no-stdlib', '-no-reflect', '-cp', `${kotlin}/compiler/kotlin-stdlib.jar`],
        ...['-d', `${kotlin}/crop`, 'examples/kotlin/Crop.kt'],
      ],
    ],
    run: ['java', '-cp', `${kotlin}/crop:${kotlin}/compiler/kotlin-stdlib.jar`, 'CropKt'],
  },
  PHP: script('examples/php/crop.php', 'php'),
  'C#': compiled(
    'examples/csharp/Crop.cs',
    [
      ...(['mcs', '-warnaserror', '-r:System.Net.Http', '-r:System.Runtime.Serialization'] as const),
      `-out:${join(workshop, 'crop.exe')}`,
    ],
    ['mono', join(workshop, 'crop.exe')],
  ),
};
