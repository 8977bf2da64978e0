import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { test } from 'tap';
import { drawMagicCard } from '../../src/magic-card/draw.js';
import { readScenarioText } from '../../src/magic-card/read.js';

const pdf = (await drawMagicCard('no-card', 'pdf')).toString('latin1');

test('the PNG has the size of an ID card at 600 dpi', async (t) => {
  const { width = 0, height = 0, density = 0 } = await sharp(await drawMagicCard('no-card')).metadata();
  t.ok(Math.abs((width / density) * 25.4 - 85.6) < 0.05);
  t.ok(Math.abs((height / density) * 25.4 - 53.98) < 0.05);
});

test('the PDF is one page of that size', async (t) => {
  t.match(pdf, /^%PDF-1\.4\n/);
  t.match(pdf, /%%EOF\n$/);
  t.match(pdf, /\/Count 1 /);
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
  t.ok(Math.abs((Number(width) / 72) * 25.4 - 85.6) < 0.01);
  t.ok(Math.abs((Number(height) / 72) * 25.4 - 53.98) < 0.01);
});

test('the table of the PDF says where each object begins', async (t) => {
  const table = pdf.slice(Number(/startxref\n(\d+)/.exec(pdf)![1]));
  const offsets = [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
  t.equal(offsets.length, 5);
  for (const [index, offset] of offsets.entries()) t.ok(pdf.startsWith(`${index + 1} 0 obj\n`, offset));
  t.match(table, /^xref\n0 6\n[\s\S]*\/Size 6 /);
});

test('the picture in the PDF is that of the PNG', async (t) => {
  const [png, pdf] = await Promise.all([drawMagicCard('slow;ms=500'), drawMagicCard('slow;ms=500', 'pdf')]);
  const text = pdf.toString('latin1');
  const [, width, height, length] = /\/Width (\d+) \/Height (\d+) .*\/Length (\d+)/.exec(text)!;
  const start = text.lastIndexOf('stream\n', text.lastIndexOf('\nendstream')) + 'stream\n'.length;
  const rows = inflateSync(pdf.subarray(start, start + Number(length)));
  t.equal(rows.length, Number(height) * (1 + 3 * Number(width)), 'a byte for the predictor of each row');
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  t.same([info.width, info.height], [Number(width), Number(height)]);
  t.equal(readScenarioText({ data, width: info.width, height: info.height }), 'slow;ms=500');
});
