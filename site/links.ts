import { posix, relative, sep } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { pageOf, resolveLink } from './pages.js';

type Token = ReturnType<MarkdownRenderer['parse']>[number];

/** As far as VitePress tells a Markdown plugin where it is. */
interface Place {
  readonly path: string;
  /** Where the page was before its address was changed. */
  readonly realPath?: string;
}

/**
 * Links between files become links between pages. What is in the repository but not on the site has no public address: its name
 * stays, as text. @throws {Error} at a link that leads nowhere, which ends the build
 */
export function repositoryLinks(markdown: MarkdownRenderer, root: string): void {
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    const { path, realPath = path } = env as Place;
    const source = relative(root, realPath).split(sep).join('/');
    for (const { children } of tokens) rewriteAll(children ?? [], root, source);
  });
}

function rewriteAll(tokens: readonly Token[], root: string, source: string): void {
  for (const [index, token] of tokens.entries()) {
    const href = token.type === 'link_open' ? (token.attrGet('href') ?? '') : '';
    if (/^(?:$|#|[a-z]+:)/.test(href)) continue;
    const [link = '', hash] = href.split('#');
    const target = resolveLink(root, source, link);
    if (target.kind === 'file') unlink(tokens.slice(index), target.path);
    else rewrite(token, source, target.path, hash);
    if (target.kind === 'reference') token.attrSet('target', '_self'); // no page of VitePress's
  }
}

function rewrite(token: Token, source: string, path: string, hash: string | undefined): void {
  const here = posix.relative(posix.dirname(pageOf(source)), path);
  token.attrSet('href', `${here.startsWith('.') ? '' : './'}${here}${hash === undefined ? '' : `#${hash}`}`);
}

/** Links do not contain links: the next end is its own. */
function unlink([open, ...rest]: readonly Token[], path: string): void {
  const close = rest.find(({ type }) => type === 'link_close')!;
  open!.tag = close.tag = 'span';
  open!.type = 'span_open';
  close.type = 'span_close';
  open!.attrs = [['title', path]];
}

/** Anchors as code hosts make them, so that the links of the Markdown files hold on the site. */
export const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
