import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../exchange/context.js';
import type { AccessToken } from '../state/store.js';
import { chooseByHeader, chooseForAccount } from './choose.js';
import { tokenDocument } from './document.js';
import { type Form, faultOfType, formLimit, parseForm, type ReadForm } from './form.js';
import { grantToken, OAuthRefusal } from './grants.js';
import { refuseOtherMethods } from './missing.js';
import { arrivals, unlessTaken } from './perform.js';
import { performOnAnswer } from './perform-on-answer.js';
import type { TokenAnswer } from './schemas.js';
import { StockPage } from './stock-page.js';

/**
 * `POST /api/o/token/`: OAuth 2 as stock Django OAuth Toolkit 1.7 answers it, which the vendor's endpoint evidently is. Its
 * errors have `error` and `error_description`, not the `message` of the rest of the API.
 */
export function registerTokenEndpoint(app: FastifyInstance, context: Context): void {
  const url = '/api/o/token/';
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: formLimit }, parseForm);
    // The schema is for the document: a form that lacks a field has an OAuth error of its own.
    scope.setValidatorCompiler(() => () => true);
    scope.setErrorHandler(sendFailure);
    const answerLater = performOnAnswer(context);
    scope.post(
      url,
      { schema: tokenDocument(context.errors), onRequest: startTokenCall(context), onSend: answerLater },
      async (request, reply) => {
        const form = (request.body ?? noForm) as ReadForm;
        request.body = form.fields;
        const username = await userOf(form.fields, context);
        if (username !== undefined) await chooseForAccount(context, request.exchange, 'token', username);
        const arrive = arrivals(context, request, reply);
        const answer = await unlessTaken(async () => {
          await arrive('gateway');
          refuseQuery(request.url);
          return grantToken(form, request.headers.authorization, context);
        });
        return answer === undefined ? reply : sendAnswer(answer, reply);
      },
    );
    refuseOtherMethods(scope, url, ({ exchange }, reply) => {
      exchange.refusal = { rule: 'METHOD_NOT_ALLOWED', reason: 'takes POST only' };
      return reply.code(405).header('allow', 'POST, OPTIONS').send();
    });
  });
}

const noForm: ReadForm = { fields: new Map(), fault: undefined };

/** Nothing in oauthlib catches its own objection. */
function refuseQuery(url: string): void {
  if (/\?./s.test(url)) {
    throw new StockPage(500, 'Django OAuth Toolkit fails at a query in the URL; send everything in the form');
  }
}

/** What Fastify or Django does not let come to the handler. @throws what is refused as elsewhere in the API */
function sendFailure(
  error: Error & { code?: string },
  { headers, exchange }: FastifyRequest,
  reply: FastifyReply,
) {
  if (error instanceof StockPage) {
    exchange.refusal = { rule: 'invalid_request', reason: error.reason };
    return reply.code(error.status).type('text/html').send(Buffer.from(error.html));
  }
  if (error.code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') throw error;
  const fault = faultOfType(headers['content-type'] ?? '');
  return sendAnswer(new OAuthRefusal(400, { error: 'unsupported_grant_type' }, fault), reply);
}

/** Of the scenarios, only what a proxy or the network does can happen here. */
const startTokenCall = (context: Context) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { exchange, headers } = request;
  exchange.endpoint = 'token';
  exchange.station = 'gateway';
  await context.controls.refresh();
  chooseByHeader(context, exchange, headers, 'token');
  const arrive = arrivals(context, request, reply);
  await unlessTaken(async () => arrive('gateway'));
};

/** Whose login or refresh it is, whether or not it succeeds. */
async function userOf(form: Form, { store }: Context): Promise<string | undefined> {
  const user = await store.findUser(form.get('username') ?? '');
  return user?.username ?? (await store.findRefreshToken(form.get('refresh_token') ?? ''))?.username;
}

function sendAnswer(answer: AccessToken | OAuthRefusal, reply: FastifyReply): FastifyReply {
  reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).type('application/json');
  if (!(answer instanceof OAuthRefusal)) return reply.send(dumpJson(tokenBody(answer)));
  reply.request.exchange.refusal = { rule: answer.body.error, reason: answer.reason };
  if (answer.status === 401) reply.header('www-authenticate', 'Bearer error="invalid_client"');
  return reply.code(answer.status).send(dumpJson(answer.body));
}

const tokenBody = (token: AccessToken): TokenAnswer => ({
  access_token: token.accessToken,
  expires_in: Math.round((token.expiresAtMs - token.issuedAtMs) / 1000),
  token_type: 'Bearer',
  scope: token.scope,
  refresh_token: token.refreshToken,
});

/** One level of JSON with the spaces that Python's `json.dumps` writes. */
function dumpJson(object: object): string {
  const members = Object.entries(object).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `{${members.join(', ')}}`;
}
