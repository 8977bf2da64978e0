/** Assembles the kernels of src/vision/kernels, `x-kernel.wat` into `x-kernel.ts`: `npm run kernels`. */
import { readFile, writeFile } from 'node:fs/promises';
import assembler from 'wabt';

const { parseWat } = await assembler();
for (const name of ['warp', 'shrink', 'gradient', 'sample', 'area', 'convolution']) {
  const source = `src/vision/kernels/${name}-kernel.wat`;
  const { buffer } = parseWat(source, await readFile(source), { simd: true }).toBinary({});
  const lines = Buffer.from(buffer)
    .toString('base64')
    .replace(/.{1,100}/g, '$&\n');
  const text = `// Written by scripts/kernels.ts from ${name}-kernel.wat. Do not edit.
export const ${name}Kernel = \`
${lines}\`;
`;
  await writeFile(`src/vision/kernels/${name}-kernel.ts`, text);
}
