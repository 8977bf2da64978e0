import { readFileSync } from 'node:fs';
import { defineConfig } from 'rolldown';
import { bindingFiles, docsPageFiles } from './scripts/bundle/copied-files.js';
import { declarations } from './scripts/bundle/declarations.js';
import { esmDoor } from './scripts/bundle/esm-door.js';
import { inspectorFiles } from './scripts/bundle/inspector.js';
import { licences } from './scripts/bundle/licences.js';
import { onlyDependenciesOutside } from './scripts/bundle/outside.js';
import { patches } from './scripts/bundle/patches.js';

/**
 * What is published: `src/` and every package that it uses, but for those that a user installs beside it (native code and OpenCV,
 * the `dependencies` of package.json). Why, and why CommonJS: docs/decisions/0016-one-bundle.md.
 */
const { dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const outside = Object.keys({ ...dependencies, ...optionalDependencies });

export default defineConfig({
  // Threads start from files of their own; `worker` is Piscina's, whose name it looks for beside itself.
  input: {
    index: 'src/index.ts',
    cli: 'src/cli.ts',
    'crop-worker': 'src/cropper/crop-worker.ts',
    'body-worker': 'src/api/body-worker.ts',
    'scene-worker': 'src/photos/scene-worker.ts',
    'server-thread': 'src/mock/server-thread.ts',
    worker: 'node_modules/piscina/dist/worker.js',
    'jpeg-turbo/index': '@julusian/jpeg-turbo',
  },
  platform: 'node',
  checks: { pluginTimings: false }, // the compiler takes most of the time, and may
  external: outside,
  transform: { target: 'node20.19' },
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'cjs',
    exports: 'named',
    chunkFileNames: '[name]-[hash].js',
  },
  plugins: [
    patches(),
    docsPageFiles(),
    bindingFiles(),
    inspectorFiles(),
    esmDoor(),
    declarations(),
    licences(),
    onlyDependenciesOutside(outside),
  ],
});
