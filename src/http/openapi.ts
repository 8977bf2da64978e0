import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { requestExamples, securitySchemes } from '../api/document.js';
import { isControl } from '../exchange/paths.js';
import { addRequestExamples, shareResponses } from '../openapi-parts.js';
import { packageJson } from '../package-root.js';

/** The document of the routes. It has to be registered before the routes that it is to see. */
export function registerOpenApi(app: FastifyInstance): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Valify ID Cropper, simulated',
        version: packageJson.version,
        description: packageJson.description,
        contact: { name: packageJson.name },
        license: { name: 'MIT', identifier: 'MIT' },
      },
      // Wherever the page is, on whatever port; what is printed (commands/openapi.ts) says where that is by default.
      servers: [{ url: '/' }],
      tags: [
        { name: 'ID Cropper', description: 'The photo of a card in, the card out' },
        { name: 'OAuth', description: 'Access tokens' },
      ],
      components: { securitySchemes },
    },
    // The control API has a document of its own.
    transform: ({ schema, url }) => ({ schema: isControl(url) ? { ...schema, hide: true } : schema, url }),
    transformObject: (documented) =>
      'openapiObject' in documented
        ? shareResponses(addRequestExamples(documented.openapiObject, requestExamples))
        : documented.swaggerObject,
    refResolver: { buildLocalReference: (json) => String(json.$id) },
  });
}
