import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../exchange/context.js';
import type { AccessToken } from '../state/store.js';
import { chooseByHeader, chooseForAccount } from './choose.js';
import { tokenDocument } from './document.js';
import { type Form, grantToken, OAuthRefusal } from './grants.js';
import { refuseOtherMethods } from './missing.js';
import { arrivals, unlessTaken } from './perform.js';
import { performOnAnswer } from './perform-on-answer.js';
import type { TokenAnswer } from './schemas.js';

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
    const answerLater = performOnAnswer(context);
    scope.post(
      url,
      { schema: tokenDocument(context.errors), onRequest: startTokenCall(context), onSend: answerLater },
      async (request, reply) => {
        const form = (request.body ?? new Map()) as Form;
        const username = await userOf(form, context);
        if (username !== undefined) await chooseForAccount(context, request.exchange, 'token', username);
        const arrive = arrivals(context, request, reply);
        const answer = await unlessTaken(async () => {
          await arrive('gateway');
          return grantToken(form, request.headers.authorization, context);
        });
        return answer === undefined ? reply : sendAnswer(answer, reply);
      },
    );
    refuseOtherMethods(scope, url, (_request, reply) =>
      reply.code(405).header('allow', 'POST, OPTIONS').send(),
    );
  });
}

/** Of the scenarios, only what a proxy or the network does can happen here. */
const startTokenCall = (context: Context) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { exchange, headers } = request;
  exchange.endpoint = 'token';
  exchange.station = 'gateway';
  chooseByHeader(exchange, headers);
  const arrive = arrivals(context, request, reply);
  await unlessTaken(() => arrive('gateway'));
};

/** Whose login or refresh it is, whether or not it succeeds. */
async function userOf(form: Form, { store }: Context): Promise<string | undefined> {
  const user = await store.findUser(form.get('username') ?? '');
  return user?.username ?? (await store.findRefreshToken(form.get('refresh_token') ?? ''))?.username;
}

/** Five short fields; a form that needs more is none. */
const formLimit = 64 * 1024;

/**
 * The platform's own form parser takes both form types, and an undecodable `%` as it stands: several of the vendor's demos
 * send passwords without percent-encoding. What is no form has no fields. The last of equal names wins, as in Django.
 */
async function parseForm(request: FastifyRequest, body: Buffer): Promise<Form> {
  try {
    const response = new Response(new Uint8Array(body), {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    });
    return new Map([...(await response.formData())].map(([name, value]) => [name, String(value)]));
  } catch {
    return new Map();
  }
}

function sendAnswer(answer: AccessToken | OAuthRefusal, reply: FastifyReply): FastifyReply {
  reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).type('application/json');
  if (!(answer instanceof OAuthRefusal)) return reply.send(dumpJson(tokenBody(answer)));
  reply.request.exchange.refusal = { rule: answer.body.error };
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
