import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'rolldown';
import { licences } from './licences.js';

const source = 'src/inspector';
const target = 'inspector';

/**
 * The page of `src/inspector/`: one script, one style sheet, and the page that names them. Their names hold a hash of what is in them,
 * so that a browser may keep them for good. Minified, unlike the server: a phone loads it, and no bug report holds its stack trace.
 */
export function inspectorFiles(): Plugin {
  return {
    name: 'inspector-files',
    async generateBundle() {
      const emit = (fileName: string, text: string) =>
        this.emitFile({ type: 'asset', fileName: `${target}/${fileName}`, source: text });
      const { script, licenceTexts } = await bundleScript();
      const style = bundleStyle();
      const icon = readFileSync(join(source, 'icon.svg'), 'utf8');
      const names = {
        script: hashedName('inspector', script, 'js'),
        style: hashedName('inspector', style, 'css'),
        icon: hashedName('icon', icon, 'svg'),
      };
      emit(names.script, script);
      emit(names.style, style);
      emit(names.icon, icon);
      emit('index.html', fillPage(names));
      emit('THIRD-PARTY-LICENSES', licenceTexts);
    },
  };
}

async function bundleScript(): Promise<{ script: string; licenceTexts: string }> {
  const { output } = await build({
    input: join(source, 'main.tsx'),
    platform: 'browser',
    write: false,
    transform: { target: 'es2022', jsx: { runtime: 'automatic', importSource: 'preact' } },
    output: { format: 'esm', minify: true },
    plugins: [licences([])],
  });
  const script = output.find((file) => file.type === 'chunk')!.code;
  const texts = output.find((file) => file.type === 'asset')!.source;
  return { script, licenceTexts: String(texts) };
}

/** In the order of their names. */
const bundleStyle = (): string =>
  readdirSync(join(source, 'style'))
    .toSorted()
    .map((file) => readFileSync(join(source, 'style', file), 'utf8'))
    .join('\n')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/^\s+|\s*\n(?=\s*\n)/gm, '');

const hashedName = (name: string, text: string, ending: string) =>
  `${name}-${createHash('sha256').update(text).digest('base64url').slice(0, 10)}.${ending}`;

const fillPage = (names: Readonly<Record<string, string>>): string =>
  Object.entries(names).reduce(
    (page, [key, name]) => page.replace(`{${key}}`, `/__mock/inspector/${name}`),
    readFileSync(join(source, 'index.html'), 'utf8'),
  );
