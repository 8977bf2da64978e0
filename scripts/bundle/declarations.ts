import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path/posix';
import type { Plugin } from 'rolldown';
import ts from 'typescript';

/** Packages whose types appear in ours, with files in their place: they are bundled, hence not there at a user's. */
const replaced = ['typebox', 'fastify'];
const replacements = 'scripts/bundle/types';

/**
 * `index.d.ts` for `require`, `index.d.mts` for `import`, and in `types/` the declarations that they lead to. Types are not
 * checked here: `npm run compile` does that.
 */
export function declarations(): Plugin {
  return {
    name: 'declarations',
    generateBundle() {
      const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName, source });
      for (const [path, source] of reachable('index.d.ts')) emit(`types/${path}`, source);
      for (const file of readdirSync(replacements)) {
        emit(`types/${file}`, readFileSync(join(replacements, file), 'utf8'));
      }
      emit('index.d.ts', "export * from './types/index.js';\n");
      emit('index.d.mts', "export * from './index.js';\n");
    },
  };
}

/** The declarations of a file of `src/`, by its path in there. */
function compiler(): (path: string) => string {
  const { config } = ts.readConfigFile('tsconfig.build.json', ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const program = ts.createProgram(fileNames, options);
  return (path) => {
    const source = program.getSourceFile(join('src', path.replace(/[.]d[.]ts$/, '.ts')));
    if (source === undefined) throw new Error(`there are no types in ${path}`);
    let text = '';
    program.emit(source, (_path, declarations) => (text = declarations), undefined, true);
    return text;
  };
}

/** What the entry leads to, with the replaced packages under their new names. */
function reachable(entry: string): ReadonlyMap<string, string> {
  const declarationsOf = compiler();
  const found = new Map<string, string>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    const text = declarationsOf(path);
    found.set(path, renameImports(path, text));
    for (const name of relativeImports(text)) visit(join(dirname(path), name.replace(/[.]js$/, '.d.ts')));
  };
  visit(entry);
  return found;
}

const relativeImports = (text: string) =>
  ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'));

const renameImports = (path: string, text: string) =>
  text.replace(/(?<=from '|import\(")[^.'"][^'"]*(?=['"])/g, (name) =>
    replaced.includes(name) ? relativeName(dirname(path), `${name}.js`) : name,
  );

function relativeName(folder: string, file: string): string {
  const name = relative(folder, file);
  return name.startsWith('.') ? name : `./${name}`;
}
