import type { FastifyInstance } from 'fastify';
import { vendorError } from '../errors.js';
import { authenticate } from './authenticate.js';
import { parseJsonBodies } from './body.js';
import type { Context } from './context.js';
import { crop } from './crop.js';
import { cropDocument } from './document.js';
import { entitle } from './entitle.js';
import { checkIntake } from './intake.js';
import { refuseOtherMethods } from './missing.js';
import { readPhoto } from './photo.js';
import * as schemas from './schemas.js';
import { sign } from './sign.js';
import { registerTokenEndpoint } from './token.js';
import { spendTrial } from './trials.js';

/** The page of the documentation has the first path in its headline, the second in its Python sample. */
const cropperPaths = ['/api/v1/id_cropper_register', '/api/v1/id_cropper/register/'];

/** The vendor's API. The order of the stations decides which of several faults is answered. */
export function registerApi(app: FastifyInstance, context: Context): void {
  for (const schema of Object.values(schemas)) app.addSchema(schema);
  app.register(async (scope) => {
    parseJsonBodies(scope);
    for (const url of cropperPaths) registerCropper(scope, url, context);
  });
  registerTokenEndpoint(app, context);
}

function registerCropper(app: FastifyInstance, url: string, context: Context): void {
  const document = cropDocument(context.errors);
  app.route({
    method: 'POST',
    url,
    schema: { ...document, operationId: `${document.operationId}${url.endsWith('/') ? 'Alias' : ''}` },
    bodyLimit: context.config.bodyLimit,
    onRequest: [checkIntake(context.config.bodyLimit), authenticate(context)],
    // Fastify reads the body (body.ts) and checks it against the schema here.
    preHandler: [entitle(context), readPhoto(context), spendTrial(context)],
    handler: crop(context),
    preSerialization: sign,
  });
  refuseOtherMethods(app, url, () => {
    throw vendorError('METHOD_NOT_ALLOWED', 'takes POST only');
  });
}
