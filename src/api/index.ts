import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { notePhoto } from '../exchange/record.js';
import type { Station } from '../scenarios/catalogue.js';
import { authenticate } from './authenticate.js';
import { parseJsonBodies } from './body.js';
import { chooseByBundleKey, chooseByHeaders } from './choose.js';
import { crop } from './crop.js';
import { cropDocument } from './document.js';
import { entitle } from './entitle.js';
import { checkIntake } from './intake.js';
import { refuseOtherMethods } from './missing.js';
import { performDue } from './perform.js';
import { performOnAnswer } from './perform-on-answer.js';
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
  const { bodyLimit } = context.config;
  const at = stationsOf(context);
  app.route({
    method: 'POST',
    url,
    schema: { ...document, operationId: `${document.operationId}${url.endsWith('/') ? 'Alias' : ''}` },
    bodyLimit,
    onRequest: [
      chooseByHeaders(context),
      at('gateway'),
      at('intake', checkIntake(bodyLimit)),
      at('authenticate', authenticate(context)),
      at('body'),
    ],
    // Fastify reads the body (body.ts) and checks it against the schema here.
    preHandler: [
      chooseByBundleKey(context),
      at('entitle', entitle(context)),
      at('photo', readPhoto(context)),
      notePhoto(context),
      at('trials', spendTrial(context)),
    ],
    handler: crop(context),
    preSerialization: sign,
    onSend: performOnAnswer(context),
  });
  refuseOtherMethods(app, url, () => {
    throw vendorError('METHOD_NOT_ALLOWED', 'takes POST only');
  });
}

/** A station: what was chosen to happen there happens, or else what is checked there is checked. */
function stationsOf(context: Context) {
  return (station: Station, check: (request: FastifyRequest) => Promise<void> = async () => {}) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      request.exchange.station = station;
      const taken = await performDue(context, request, reply, station);
      if (!taken) await check(request);
    };
}
