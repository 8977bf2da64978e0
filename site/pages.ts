import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The site is the repository's own Markdown, at other addresses. Paths are relative to the root, with slashes. */

const folders = new Set(['docs', 'bench', 'examples', 'fixtures', 'training']);
const files = new Set([
  'README.md',
  'README.ar.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'CODE_OF_CONDUCT.md',
  'SECURITY.md',
]);

const isPage = (path: string): boolean =>
  path.endsWith('.md') && (files.has(path) || folders.has(path.split('/')[0]!));

/** What VitePress is to pass over. */
export const excluded = (root: string): string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter(({ name }) => !files.has(name) && !folders.has(name))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/**` : entry.name))
    .concat('**/node_modules/**');

/** @example pageOf('docs/settings.md') // 'settings.md' */
export const pageOf = (path: string): string =>
  path
    .replace(/^README\.ar\.md$/, 'ar/index.md')
    .replace(/(^|\/)README\.md$/, '$1index.md')
    .replace(/^docs\//, '');

/** The two OpenAPI documents, which Swagger UI shows. */
export const references = [
  { document: 'openapi.yaml', page: 'api/index.html', title: "The vendor's API, simulated" },
  { document: 'docs/control-api.yaml', page: 'api/control.html', title: 'Control API' },
] as const;

export interface Target {
  readonly kind: 'page' | 'reference' | 'file';
  readonly path: string;
}

/**
 * Where a relative link leads.
 * @throws {Error} if there is no such thing
 */
export function resolveLink(root: string, source: string, link: string): Target {
  const path = posix.join(posix.dirname(source), decodeURI(link)).replace(/\/$/, '');
  if (!existsSync(join(root, path))) throw new Error(`${source}: the link ${link} leads nowhere`);
  const reference = references.find(({ document }) => document === path);
  if (reference) return { kind: 'reference', path: reference.page };
  const readme = posix.join(path, 'README.md');
  const page = statSync(join(root, path)).isDirectory() && existsSync(join(root, readme)) ? readme : path;
  return isPage(page) ? { kind: 'page', path: pageOf(page) } : { kind: 'file', path };
}
