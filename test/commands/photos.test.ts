import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { builtCommand } from '../support/built-command.js';
import { runCommand } from '../support/command.js';

const cli = `${JSON.stringify(process.execPath)} ${JSON.stringify(builtCommand)}`;
const formatOf = async (file: string | Buffer) => (await sharp(file).metadata()).format;

test('crop writes the card, or says why not', async (t) => {
  const out = join(t.testdir(), 'out.png');
  const good = await runCommand(['crop', fixture('png').path, '-o', out, '--output-max-side', '300']);
  t.match(good, { status: 0, stdout: /: 300 × \d+ px, confidence [01]\.\d\d\n$/, stderr: '' });
  t.match(await sharp(readFileSync(out)).metadata(), { format: 'png', width: 300 });

  const rows: [file: string, message: RegExp][] = [
    [fixture('no-card').path, /no-card\.jpg: card-not-found: no card/],
    ['/nowhere.jpg', /ENOENT/],
  ];
  for (const [file, message] of rows) {
    const { status, stdout, stderr } = await runCommand(['crop', file, '-o', join(out, 'none')]);
    t.same([status, stdout], [1, ''], file);
    t.match(stderr, message);
    t.equal(stderr.trimEnd().split('\n').length, 1, 'in one line');
  }
});

test('the name of the card says its format', async (t) => {
  const folder = t.testdir();
  const { path } = fixture('card-on-table');
  for (const [name, format] of [
    ['card.PNG', 'png'],
    ['card.webp', 'webp'],
    ['card', 'jpeg'],
  ] as const) {
    t.match(await runCommand(['crop', path, '-o', join(folder, name)]), { status: 0 });
    t.equal(await formatOf(join(folder, name)), format, name);
  }
  const rows: [words: string[], message: RegExp][] = [
    [['-o', 'card.gif'], /card\.gif: the name of a photo ends in \.jpg/],
    [['-o', 'card.png', '--output-format', 'webp'], /the name says png, --output-format webp/],
    [['-o', path], /the card would take the place of its photo/],
  ];
  for (const [words, message] of rows) {
    const { status, stdout, stderr } = await runCommand(['crop', path, ...words], { cwd: folder });
    t.same([status, stdout], [2, ''], words.join(' '));
    t.match(stderr, message);
  }
  t.same(readdirSync(folder).sort(), ['card', 'card.PNG', 'card.webp']);
});

test('- is standard input and standard output', async (t) => {
  const cwd = t.testdir();
  const photo = JSON.stringify(fixture('card-on-table').path);
  const run = (line: string) =>
    promisify(execFile)('bash', ['-c', `unset NODE_OPTIONS; ${line}`], { cwd, encoding: 'buffer' });
  const cropped = await run(`${cli} crop - -o - < ${photo}`);
  t.equal(await formatOf(cropped.stdout), 'jpeg');
  t.match(cropped.stderr.toString(), /^-: \d+ × \d+ px/);
  const detected = await run(`${cli} detect - < ${photo}`);
  t.match(JSON.parse(detected.stdout.toString()), { file: '-', corners: Array });
  t.same(readdirSync(cwd), [], 'no file of that name');
  t.match(await runCommand(['detect', '-', '-']), { status: 2, stderr: /can be read once/ });
});

test('folders and several photos, summed up', async (t) => {
  const folder = t.testdir({ empty: {}, 'notes.txt': 'no photo', '.hidden.jpg': 'nor this' });
  mkdirSync(join(folder, 'photos/more'), { recursive: true });
  copyFileSync(fixture('card-on-table').path, join(folder, 'photos/a.jpg'));
  copyFileSync(fixture('png').path, join(folder, 'photos/more/b.PNG'));
  copyFileSync(fixture('no-card').path, join(folder, 'photos/none.jpg'));
  const run = (...words: string[]) => runCommand(words, { cwd: folder });

  const detected = await run('detect', 'photos');
  t.equal(detected.status, 0, 'no card is an answer');
  const files = detected.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).file);
  t.same(files, ['photos/a.jpg', 'photos/more/b.PNG', 'photos/none.jpg']);
  t.match(detected.stderr, /^3 photos in \d+\.\d s: 2 found, 1 not found, slowest photos\/\S+ \(\d+ ms\)\n$/);

  const cropped = await run('crop', 'photos', 'photos/a.jpg', '/nowhere.jpg', '--out-dir', 'out/cards');
  t.equal(cropped.status, 1);
  t.match(cropped.stdout, /^out\/cards\/a\.jpg: .*\nout\/cards\/more\/b\.png: .*\n$/);
  t.match(cropped.stderr, /none\.jpg: card-not-found/);
  t.match(cropped.stderr, /photos\/a\.jpg: out\/cards\/a\.jpg has been written already, from photos\/a\.jpg/);
  t.match(cropped.stderr, /5 photos .*: 2 found, 1 not found, 2 failed, slowest/);
  t.ok(existsSync(join(folder, 'out/cards/more/b.png')));

  t.match(await run('crop', 'photos', '-o', 'x.jpg'), { status: 2, stderr: /3 photos need --out-dir/ });
  t.match(await run('detect', 'empty'), { status: 2, stderr: /empty: no photos in this folder/ });
  t.match(await run('detect', 'photos/a.jpg', '--debug', 'x.jpg'), { status: 2, stderr: /ends in \.png/ });
  const inPlace = await run('crop', 'photos', '--out-dir', 'photos');
  t.match(inPlace.stderr, /photos\/a\.jpg: the card would take the place of its photo/);
});
