import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import type { AccessToken } from '../state/store.js';
import { authenticate } from './authenticate.js';
import { parseJsonBodies } from './body.js';
import { chooseByBundleKey, chooseByHeaders } from './choose.js';
import { cropPhoto } from './crop.js';
import { cropDocument } from './document.js';
import { entitle } from './entitle.js';
import { checkIntake, enterRoom } from './intake.js';
import { refuseOtherMethods } from './missing.js';
import { arrivals, unlessTaken } from './perform.js';
import { performOnAnswer } from './perform-on-answer.js';
import { readPhoto } from './photo.js';
import { ownBytes } from './read-body.js';
import { apiSchemas, type CropAnswer, type CropRequest } from './schemas.js';
import { sign } from './sign.js';
import { registerTokenEndpoint } from './token.js';
import { spendTrial, trialsRemaining } from './trials.js';

/** The page of the documentation has the first path in its headline, the second in its Python sample. */
const cropperPaths = ['/api/v1/id_cropper_register', '/api/v1/id_cropper/register/'];

/** Where the token waits while Fastify reads the body. */
const tokenKey = Symbol('token');

/** The vendor's API. The order of the stations decides which of several faults is answered. */
export function registerApi(app: FastifyInstance, context: Context): void {
  for (const schema of Object.values(apiSchemas(context.config))) app.addSchema(schema);
  app.register(async (scope) => {
    parseJsonBodies(scope, context);
    scope.decorateRequest(tokenKey, null);
    for (const url of cropperPaths) registerCropper(scope, url, context);
  });
  registerTokenEndpoint(app, context);
  app.exchangeEnds.push(({ exchange }) => exchange.place?.leave());
}

function registerCropper(app: FastifyInstance, url: string, context: Context): void {
  const document = cropDocument(context.errors);
  const { bodyLimit } = context.config;
  app.route({
    method: 'POST',
    url,
    schema: { ...document, operationId: `${document.operationId}${url.endsWith('/') ? 'Alias' : ''}` },
    bodyLimit,
    onRequest: async (request, reply) => {
      const token = await unlessTaken(() => beforeBody(context, request, reply));
      request.setDecorator(tokenKey, token);
    },
    // Fastify reads the body (body.ts) and checks it against the schema here.
    handler: async (request, reply) => {
      const token = request.getDecorator<AccessToken>(tokenKey);
      return (await unlessTaken(() => afterBody(context, request, reply, token))) ?? reply;
    },
    onSend: performOnAnswer(context),
  });
  refuseOtherMethods(app, url, () => {
    throw vendorError('METHOD_NOT_ALLOWED', 'takes POST only');
  });
}

/** The stations that need no more than the headers. */
async function beforeBody(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<AccessToken> {
  const { exchange, headers } = request;
  const arrive = arrivals(context, request, reply);
  exchange.endpoint = 'crop';
  exchange.station = 'gateway';
  await context.controls.refresh();
  const named = await chooseByHeaders(context, exchange, headers);
  await arrive('gateway');
  await arrive('intake');
  checkIntake(headers, context.config.bodyLimit);
  await arrive('authenticate');
  const token = authenticate(context, headers, named);
  await arrive('body');
  enterRoom(context, request);
  return token;
}

/** The stations that need the body, to the signed answer. */
async function afterBody(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  token: AccessToken,
): Promise<CropAnswer> {
  const { exchange } = request;
  const { bundle_key: bundleKey } = request.body as CropRequest;
  const arrive = arrivals(context, request, reply, token);
  chooseByBundleKey(context, exchange, bundleKey);
  await arrive('entitle');
  const bundle = await entitle(context, token, bundleKey);
  await arrive('photo');
  const photo = readPhoto(context, request);
  await arrive('trials');
  const trial = await spendTrial(context, exchange, token, bundle.trials);
  const card = await cropPhoto(context, exchange, arrive, ownBytes(photo), token, trial);
  exchange.station = 'answer';
  const answer: CropAnswer = {
    data: { img: card },
    transaction_id: trial.transactionId,
    trials_remaining: trialsRemaining(context, trial.remaining),
  };
  return context.config.hmac ? sign(reply, answer, bundle) : answer;
}
