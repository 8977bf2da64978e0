import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { readDataset, type Sample } from './dataset.js';

// Cuts three quarters, at each of the four corners, out of the photos that show no card: there are few of those to train on.
// node build/bench/cut-backgrounds.js --out FOLDER [--part 0/2] FOLDER…

const share = 0.75;

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, part: { type: 'string', default: '0/1' } },
});
if (!options.out) throw new Error('--out names the folder to write to');
const [part = 0, parts = 1] = options.part.split('/').map(Number);
const samples = folders.flatMap((folder) => readDataset(folder).filter((_, index) => index % parts === part));
mkdirSync(options.out, { recursive: true });
const entries: Record<string, { quad: null }> = {};
for (const sample of samples) if (!sample.quad) await cut(sample, options.out);
writeFileSync(join(options.out, 'quads.json'), JSON.stringify(entries));

async function cut({ path, file }: Sample, folder: string): Promise<void> {
  const upright = await sharp(path).autoOrient().toBuffer();
  const { width, height } = await sharp(upright).metadata();
  const size = { width: Math.round(share * width), height: Math.round(share * height) };
  for (let corner = 0; corner < 4; corner++) {
    const left = corner % 2 === 0 ? 0 : width - size.width;
    const top = corner < 2 ? 0 : height - size.height;
    const name = `${corner}-${file.replace(/\.\w+$/, '')}.jpg`;
    await sharp(upright)
      .extract({ left, top, ...size })
      .jpeg({ quality: 95 })
      .toFile(join(folder, name));
    entries[name] = { quad: null };
  }
}
