import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { servesVisitor } from '../control/visitors.js';
import { vendorError } from '../errors.js';
import { controlPrefix, docsPrefix, examplePhotoPath, isWelcome, welcomePath } from '../exchange/paths.js';
import { packageJson, packageRoot } from '../package-root.js';
import { policyWithStyle } from './own-pages.js';

const schema = { hide: true };

/**
 * For a person with a browser: to the inspector where it would be shown to them, else where to go from here. A program that asks for
 * `/` gets the vendor's 404.
 */
export function registerWelcome(app: FastifyInstance, config: Config, hasControl: boolean): void {
  app.get(
    welcomePath,
    {
      schema,
      onRequest: async (request) => {
        if (!isWelcome(request)) throw vendorError('NOT_FOUND', 'no such path');
      },
    },
    async ({ headers }, reply) => {
      if (hasControl && servesVisitor(headers.host, config)) return reply.redirect(`${controlPrefix}/`);
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', policyWithStyle(style))
        .send(page(hasControl));
    },
  );
  app.get(examplePhotoPath, { schema }, async (_request, reply) =>
    reply.type('image/jpeg').send(await readFile(join(packageRoot, 'fixtures/photos/card-on-table.jpg'))),
  );
}

const style =
  'body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }';

const page = (hasControl: boolean) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${packageJson.name}</title>
<style>${style}</style>
<h1>${packageJson.name}</h1>
<p>${packageJson.description}</p>
<ul>
<li><a href="${docsPrefix}">${docsPrefix}</a>: the API, to be read and tried out</li>
<li><a href="${docsPrefix}/yaml">${docsPrefix}/yaml</a>: the same as an OpenAPI document</li>
<li><a href="${examplePhotoPath}">a photo</a> of a fictional card, to send</li>
${
  hasControl
    ? `<li>${controlPrefix}/: the inspector, for a browser that comes by localhost</li>
<li><a href="${controlPrefix}/openapi.json">${controlPrefix}/openapi.json</a>: the control API, for tests</li>`
    : ''
}
</ul>
<p>Calls go to <code>POST /api/o/token/</code>, then <code>POST /api/v1/id_cropper_register</code>.</p>
</html>
`;
