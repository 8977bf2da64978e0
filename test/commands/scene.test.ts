import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { test } from 'tap';
import { drawScene } from '../../src/photos/draw-scene.js';
import { runCommand } from '../support/command.js';

test('scene writes the photo that the library draws, and a line about it', async (t) => {
  const folder = t.testdir();
  const [photo, json] = [join(folder, 'photo.png'), join(folder, 'photo.json')];
  const flags = [
    '--seed',
    '7',
    '--width',
    '320',
    '--height',
    '240',
    '--offset',
    '-0.5,0.2',
    '--clutter',
    'cup,pen',
  ];
  const { status, stdout, stderr } = await runCommand(['scene', '-o', photo, '--json', json, ...flags]);
  t.same([status, stderr], [0, '']);
  t.equal(readFileSync(json, 'utf8'), stdout);
  const line = JSON.parse(stdout);
  const request = { width: 320, height: 240, offset: [-0.5, 0.2], clutter: ['cup', 'pen'] } as const;
  const drawn = await drawScene({ seed: 7, format: 'png', ...request, clutter: [...request.clutter] });
  t.match(line, { file: photo, bytes: drawn.bytes.length, format: 'png', orientation: 1, scene: request });
  t.ok(readFileSync(photo).equals(drawn.bytes));
  for (const [i, corner] of drawn.corners!.entries())
    t.ok(Math.hypot(corner[0] - line.corners[i][0], corner[1] - line.corners[i][1]) < 0.01);
});

test('a count of scenes: names and seeds that follow each other', async (t) => {
  const cwd = t.testdir();
  const words = [
    '-o',
    'photo.png',
    '--width',
    '40',
    '--height',
    '30',
    '--count',
    '10',
    '--json',
    'all.jsonl',
  ];
  const { status, stdout, stderr } = await runCommand(['scene', ...words, '--seed', '7'], { cwd });
  t.equal(status, 0);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.match(lines[0], { file: 'photo-01.png', scene: { seed: 7 } });
  t.match(lines[9], { file: 'photo-10.png', scene: { seed: 16 } });
  t.same(readdirSync(cwd).sort(), ['all.jsonl', ...lines.map(({ file }) => file)]);
  t.equal(readFileSync(join(cwd, 'all.jsonl'), 'utf8'), stdout);
  t.match(stderr, /^10 photos in \d+\.\d s\n$/);
});

test('magic-card writes a card to print or to show', async (t) => {
  const folder = t.testdir();
  const [png, pdf] = [join(folder, 'card.png'), join(folder, 'card.PDF')];
  t.match(await runCommand(['magic-card', 'slow;ms=500', '-o', png]), { status: 0, stderr: '' });
  t.match(await sharp(png).metadata(), { format: 'png', density: 600, width: 2022, height: 1275 });
  t.match(await runCommand(['magic-card', 'no-card', '-o', pdf]), { status: 0, stderr: '' });
  t.match(readFileSync(pdf, 'latin1'), /^%PDF-1\.4/);
});

test('what cannot be drawn: status 2, and what is allowed', async (t) => {
  const photo = join(t.testdir(), 'photo.jpg');
  const rows: [words: string[], message: RegExp][] = [
    [['scene', '-o', photo, '--tilt', 'x'], /tilt must be a number from 0 to 60 \(is "x"\)/],
    [['scene', '-o', photo, '--count', '0'], /--count must be a whole number from 1 \(is "0"\)/],
    [['scene', '-o', '-'], /ends in \.jpg/],
    [['scene', '-o', 'photo.gif'], /ends in \.jpg, \.jpeg, \.png, \.webp/],
    [['magic-card', 'No Card', '-o', 'card.pdf'], /there is no scenario "No Card"/],
  ];
  for (const [words, message] of rows) {
    const { status, stdout, stderr } = await runCommand(words);
    t.same([status, stdout], [2, ''], words.join(' '));
    t.match(stderr, message);
  }
});
