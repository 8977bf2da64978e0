import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DefaultTheme, defineConfig } from 'vitepress';
import { anchorOf, repositoryLinks } from '../links.js';
import { excluded, pageOf } from '../pages.js';
import { writeReferences } from '../reference.js';

// The site: the README and docs/ as pages, nothing written twice. `npm run site` builds it into build/pages.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const group = (
  text: string,
  items: readonly (readonly [text: string, link: string])[],
): DefaultTheme.SidebarItem => ({ text, items: items.map(([text, link]) => ({ text, link })) });

const reference: readonly DefaultTheme.NavItemWithLink[] = [
  { text: 'API reference', link: '/api/index.html', target: '_self' },
  { text: 'Control API', link: '/api/control.html', target: '_self' },
];

export default defineConfig({
  title: 'valify-id-cropper-simulator',
  description: "A local simulator of Valify's ID Cropper API that really finds the card.",
  srcDir: root,
  srcExclude: excluded(root),
  outDir: `${root}/build/pages`,
  cacheDir: `${root}/build/vitepress`,
  rewrites: pageOf,
  locales: {
    root: { label: 'English', lang: 'en' },
    ar: { label: 'العربية', lang: 'ar', dir: 'rtl', link: '/ar/' },
  },
  markdown: {
    anchor: { slugify: anchorOf },
    config: (markdown) => repositoryLinks(markdown, root),
  },
  themeConfig: {
    i18nRouting: false, // only the README is there twice
    search: { provider: 'local' },
    nav: [{ text: 'Recipes', link: '/recipes' }, ...reference],
    sidebar: [
      group('Use', [
        ['Start', '/'],
        ['Recipes', '/recipes'],
        ['Command line', '/command-line'],
        ['Settings', '/settings'],
        ['Inspector', '/inspector'],
        ['Container', '/docker'],
        ['Several replicas', '/replicas'],
        ['Errors', '/errors'],
        ['Limits', '/limits'],
        ['Beside other tools', '/beside-other-tools'],
      ]),
      group('Test', [
        ['Library for tests', '/testing'],
        ['Scenarios', '/scenarios'],
        ['Control API', '/control-api'],
        ['Test photos, magic cards', '/scenes'],
        ['Fixtures', '/fixtures/'],
        ['Examples', '/examples/'],
        ['Fidelity', '/fidelity'],
        ['A server beside the contract', '/conform'],
      ]),
      group('Build', [
        ['Architecture', '/architecture'],
        ['How the card is found', '/vision'],
        ['Decisions', '/decisions/'],
        ['Benches', '/bench/'],
        ['Contributing', '/CONTRIBUTING'],
        ['Security', '/SECURITY'],
        ['Changes', '/CHANGELOG'],
      ]),
    ],
  },
  buildEnd: ({ outDir }) => writeReferences(root, outDir),
});
