import swagger, { type StaticDocumentSpec } from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import { docsPrefix } from '../exchange/paths.js';
import { docsOptions } from './docs-options.js';

/**
 * Swagger UI under `/docs`, with the document as `/docs/json` and `/docs/yaml`. Most servers are never asked for it, so it is
 * loaded at the first question, as an application of its own: this one takes no more routes by then.
 */
export function registerDocsPage(app: FastifyInstance): void {
  let page: Promise<FastifyInstance> | undefined;
  const answer = async ({ url, headers }: FastifyRequest, reply: FastifyReply) => {
    page ??= openDocsPage(app.swagger() as StaticDocumentSpec['document']);
    const { statusCode, headers: fields, rawPayload } = await (await page).inject({ url, headers });
    // Swagger UI's own refusals: no such file, or a path that would lead out of its folder.
    if (statusCode >= 400) throw vendorError('NOT_FOUND', 'no such path');
    return reply.code(statusCode).headers(fields).send(rawPayload);
  };
  for (const url of [docsPrefix, `${docsPrefix}/*`]) app.get(url, { schema: { hide: true } }, answer);
  app.addHook('onClose', async () => (await page)?.close());
}

async function openDocsPage(document: StaticDocumentSpec['document']): Promise<FastifyInstance> {
  const { default: swaggerUi } = await import('@fastify/swagger-ui');
  const page = Fastify({ routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true } });
  await page.register(swagger, { mode: 'static', specification: { document } });
  await page.register(swaggerUi, docsOptions);
  return page;
}
