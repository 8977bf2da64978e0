/** Assembles src/vision/warp-kernel.wat into src/vision/warp-kernel.ts: `npm run warp-kernel`. */
import { readFile, writeFile } from 'node:fs/promises';
import assembler from 'wabt';

const source = 'src/vision/warp-kernel.wat';

const { parseWat } = await assembler();
const { buffer } = parseWat(source, await readFile(source), { simd: true }).toBinary({});
const text = `// Written by scripts/warp-kernel.ts from warp-kernel.wat. Do not edit.
export const warpKernel = \`
${Buffer.from(buffer)
  .toString('base64')
  .replace(/.{1,100}/g, '$&\n')}\`;
`;
await writeFile('src/vision/warp-kernel.ts', text);
