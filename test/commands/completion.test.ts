import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'tap';
import { completionScript } from '../../src/commands/completion.js';
import { createProgram } from '../../src/commands/program.js';
import { shells } from '../../src/commands/shells.js';
import { packageJson } from '../../src/package-root.js';

const program = createProgram((error) => {
  throw error;
});

test('every command and every option stands in the script of every shell', async (t) => {
  for (const shell of shells) {
    const script = completionScript(program, shell);
    for (const command of program.commands) {
      t.match(script, command.name());
      const missing = command.options.filter(
        ({ long }) => !script.includes(shell === 'fish' ? `-l ${long!.slice(2)} ` : long!),
      );
      t.same(missing, [], `${shell}: ${command.name()}`);
    }
  }
});

test('bash completes', async (t) => {
  const folder = t.testdir({ script: completionScript(program, 'bash') });
  const complete = async (...words: string[]) => {
    const line = [
      `source ${JSON.stringify(join(folder, 'script'))}`,
      `COMP_WORDS=(${packageJson.name} ${words.map((word) => `'${word}'`).join(' ')})`,
      `COMP_CWORD=${words.length}`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
      '_valify_id_cropper_simulator; echo "${COMPREPLY[*]}"',
    ];
    const { stdout } = await promisify(execFile)('bash', ['-uc', line.join('\n')]);
    return stdout.trim();
  };
  const rows: [words: string[], completed: string][] = [
    [['he'], 'healthcheck'],
    [['--log-f'], '--log-format'],
    [['--log-format', ''], 'auto json pretty'],
    [['serve', '--control', 'o'], 'on off'],
    [['healthcheck', '--p'], '--port'],
    [['crop', 'x.jpg', '--out-'], '--out-dir'],
    [['crop', 'x.jpg', '-o', ''], ''],
    [['scene', '--level', 'm'], 'medium'],
    [['completion', 'z'], 'zsh'],
  ];
  for (const [words, completed] of rows) t.equal(await complete(...words), completed, words.join(' '));
});

for (const shell of ['zsh', 'fish'] as const) {
  // Few have both; CI installs them, so that there a missing one is a failure.
  const isMissing = process.env.CI === undefined && spawnSync(shell, ['-c', 'true']).status !== 0;
  test(`${shell} takes its script`, { skip: isMissing && `there is no ${shell} here` }, async (t) => {
    const folder = t.testdir({ script: completionScript(program, shell) });
    const check = spawnSync(shell, ['-n', join(folder, 'script')], { encoding: 'utf8' });
    t.same([check.status, check.stderr], [0, '']);
  });
}
