import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';

/** The files of Swagger UI that its page asks for. The rest of that folder is what they were built from. */
const ofDocsPage = [
  'favicon-16x16.png',
  'favicon-32x32.png',
  'index.css',
  'logo.svg',
  'oauth2-redirect.html',
  'oauth2-redirect.js',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'swagger-ui.css',
];

export const docsPageFiles = (): Plugin =>
  copy('node_modules/@fastify/swagger-ui/static', 'docs-page', ofDocsPage);

/** libjpeg-turbo for every platform that there is a binary for, without the package's build tool (decision 9). */
export function bindingFiles(): Plugin {
  const folder = 'node_modules/@julusian/jpeg-turbo/prebuilds';
  return copy(folder, 'jpeg-turbo/prebuilds', binaries(folder));
}

const binaries = (folder: string): string[] =>
  readdirSync(folder).flatMap((platform) =>
    readdirSync(join(folder, platform)).map((file) => `${platform}/${file}`),
  );

function copy(from: string, to: string, files: readonly string[]): Plugin {
  return {
    name: `copy-${to}`,
    generateBundle() {
      for (const file of files) {
        const source = readFileSync(join(from, file));
        this.emitFile({ type: 'asset', fileName: `${to}/${file}`, source });
      }
    },
  };
}
