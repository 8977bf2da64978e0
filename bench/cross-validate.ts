import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// Every photo of the given folders is judged by trees that have not seen it: those of the even half by trees trained on
// the odd half and on what else is named, and the other way round.
// node build/bench/cross-validate.js --even EVEN.bin… --odd ODD.bin… --rows ROWS.bin… FOLDER…, each name after an option of its own
// The files are collect-candidates.ts's, those of the halves with --part 0/2 and 1/2 of the same folders.

/** How often each of those photos counts: they are far fewer than the scenes, and nearer to what people send. */
const weight = 2;

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    even: { type: 'string', multiple: true, default: [] },
    odd: { type: 'string', multiple: true, default: [] },
    rows: { type: 'string', multiple: true, default: [] },
    failures: { type: 'boolean', default: false },
  },
});
const { even, odd } = options;
if (even.length === 0 || odd.length === 0) throw new Error('--even and --odd name the rows of either half');
const builds = [trainWithout('even', odd), trainWithout('odd', even)];
run('accuracy.js', ['--builds', builds.join(), ...(options.failures ? ['--failures'] : []), ...folders]);

/** A copy of the build whose trees have not seen the half that is held out. */
function trainWithout(held: string, rest: readonly string[]): string {
  const copy = join('build', `without-${held}`);
  mkdirSync(copy, { recursive: true });
  cpSync(join('build', 'src'), join(copy, 'src'), { recursive: true });
  const rows = [...options.rows, ...Array.from({ length: weight }, () => rest).flat()];
  run('train-scorer.js', ['--out', join(copy, 'src/vision/score/scorer-model.js'), ...rows]);
  return copy;
}

function run(script: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [join('build', 'bench', script), ...args], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
}
