import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { controlPrefix } from '../exchange/paths.js';
import { packageJson, packageRoot } from '../package-root.js';
import { ControlProblem } from './problem.js';

/** What `src/inspector/` has been built to. */
const folder = join(packageRoot, 'dist/inspector');
const pageName = 'index.html';

/** Its own files, its pictures, and what it asks of this server; no markup that comes out of text. */
const policy = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'",
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Names hold a hash of what is in the file, but for the page's own. */
const yearSeconds = 31_536_000;
const immutable = `public, max-age=${yearSeconds}, immutable`;

interface PageFile {
  readonly bytes: Buffer;
  readonly zipped: Buffer;
  readonly type: string;
  readonly etag: string;
}

/** Open without the `control-token`: it holds nothing, and asks for the token itself. */
const openToAll = { needsNoToken: true } as const;

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly needsNoToken?: boolean;
  }
}

/** The page for people, with its files. A program that asks for the same path is told where the document is. */
export function registerInspector(app: FastifyInstance): void {
  let files: Promise<ReadonlyMap<string, PageFile>> | undefined;
  const send = async (name: string, caching: string, request: FastifyRequest, reply: FastifyReply) => {
    files ??= readFiles();
    const file = (await files).get(name);
    if (file === undefined) throw new ControlProblem(404, `the inspector has no file "${name}"`);
    return answer(file, caching, request, reply);
  };

  app.get('/', { schema: { hide: true }, config: openToAll }, async (request, reply) => {
    if (!wantsPage(request)) {
      reply.header('vary', 'accept');
      return {
        name: packageJson.name,
        version: packageJson.version,
        openapi: `${controlPrefix}/openapi.json`,
      };
    }
    reply.header('content-security-policy', policy).header('permissions-policy', 'camera=(self)');
    return send(pageName, 'no-cache', request, reply);
  });

  app.get<{ Params: { file: string } }>(
    '/inspector/:file',
    { schema: { hide: true }, config: openToAll },
    async (request, reply) => send(request.params.file, immutable, request, reply),
  );
}

const wantsPage = ({ headers }: FastifyRequest) => /\btext\/html\b/i.test(headers.accept ?? '');

async function readFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const names = await readdir(folder).catch(() => {
    throw new ControlProblem(404, 'the inspector has not been built: npm run build');
  });
  return new Map(
    await Promise.all(
      names.map(async (name) => {
        const bytes = await readFile(join(folder, name));
        const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
        const type = types[extname(name)] ?? 'text/plain; charset=utf-8';
        return [name, { bytes, zipped: gzipSync(bytes), type, etag }] as const;
      }),
    ),
  );
}

function answer(
  { bytes, zipped, type, etag }: PageFile,
  caching: string,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.headers({ etag, 'cache-control': caching, vary: 'accept, accept-encoding' });
  if (headers['if-none-match']?.includes(etag)) return reply.code(304).send();
  reply.type(type);
  if (!/\bgzip\b/.test(headers['accept-encoding'] ?? '')) return reply.send(bytes);
  return reply.header('content-encoding', 'gzip').send(zipped);
}
