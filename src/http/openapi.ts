import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { isControl } from '../exchange/paths.js';
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
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: 'http://127.0.0.1:3000', description: 'where the simulator listens by default' }],
      tags: [
        { name: 'ID Cropper', description: 'The photo of a card in, the card out' },
        { name: 'OAuth', description: 'Access tokens' },
      ],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    // The control API has a document of its own.
    transform: ({ schema, url }) => ({ schema: isControl(url) ? { ...schema, hide: true } : schema, url }),
    refResolver: { buildLocalReference: (json) => String(json.$id) },
  });
}
