import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.js';

export interface Instruction {
  readonly keyword: string;
  readonly rest: string;
}

/** The build's stages, each with its instructions from `FROM` on; comments gone, continued lines joined, arguments by their defaults. */
export function readStages(): Instruction[][] {
  const text = readFileSync(join(packageRoot, 'Dockerfile'), 'utf8');
  const defaults = new Map([...text.matchAll(/^ARG (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  const lines = text
    .replaceAll(/\$\{(\w+)\}/g, (use, name: string) => defaults.get(name) ?? use)
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter(Boolean);
  const instructions = lines.map((line) => {
    const [, keyword, rest] = /^(\S+)\s+(.*)$/.exec(line)!;
    return { keyword: keyword!, rest: rest! };
  });
  const starts = instructions.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  return starts.map((start, stage) => instructions.slice(start, starts[stage + 1]));
}

/** What the instruction says last; later ones win. */
export function findLast(stage: readonly Instruction[], keyword: string): string {
  return stage.findLast((instruction) => instruction.keyword === keyword)?.rest ?? '';
}

/** The words of `HEALTHCHECK … CMD ["node", …]` or `ENTRYPOINT ["node", …]`; without a shell between. */
export function readExecForm(rest: string): string[] {
  return JSON.parse(rest.slice(rest.indexOf('['))) as string[];
}

/** Paths that `COPY` takes from the build context, not from another stage. */
export function copiedFromContext(stages: readonly Instruction[][]): string[] {
  const copies = stages
    .flat()
    .filter(({ keyword, rest }) => keyword === 'COPY' && !rest.startsWith('--from'));
  return copies.flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));
}
