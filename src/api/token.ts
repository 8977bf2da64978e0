import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../exchange/context.js';
import { chooseByHeader, chooseForAccount } from '../scenarios/select.js';
import type { AccessToken, Account, Grant } from '../state/store.js';
import { tokenDocument } from './document.js';
import { refuseOtherMethods } from './missing.js';
import { performDue } from './perform.js';
import { performOnAnswer } from './perform-on-answer.js';
import type { TokenAnswer, TokenError } from './schemas.js';

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
      { schema: tokenDocument, onRequest: startTokenCall(context), onSend: answerLater },
      async (request, reply) => {
        const form = (request.body ?? new Map()) as Form;
        const username = await userOf(form, context);
        if (username !== undefined) await chooseForAccount(context, request.exchange, 'token', username);
        if (await performDue(context, request, reply, 'gateway')) return reply;
        return sendAnswer(await grantToken(form, request.headers.authorization, context), reply);
      },
    );
    refuseOtherMethods(scope, url, (_request, reply) =>
      reply.code(405).header('allow', 'POST, OPTIONS').send(),
    );
  });
}

/** Of the scenarios, only what a proxy or the network does can happen here. */
const startTokenCall = (context: Context) => async (request: FastifyRequest, reply: FastifyReply) => {
  request.exchange.endpoint = 'token';
  request.exchange.station = 'gateway';
  chooseByHeader(request.exchange, request.headers);
  await performDue(context, request, reply, 'gateway');
};

/** Whose login or refresh it is, whether or not it succeeds. */
async function userOf(form: Form, { store }: Context): Promise<string | undefined> {
  const user = await store.findUser(form.get('username') ?? '');
  return user?.username ?? (await store.findRefreshToken(form.get('refresh_token') ?? ''))?.username;
}

/** Five short fields; a form that needs more is none. */
const formLimit = 64 * 1024;

type Form = ReadonlyMap<string, string>;

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

class Refusal {
  constructor(
    readonly status: 400 | 401,
    readonly body: TokenError,
  ) {}
}

const refuse = (error: string, description?: string) =>
  new Refusal(error === 'invalid_client' ? 401 : 400, {
    error,
    ...(description === undefined ? {} : { error_description: description }),
  });

/** Order of checks, as the stock stack has it: grant type, presence of the fields, client, user, scope. */
async function grantToken(
  form: Form,
  authorization: string | undefined,
  context: Context,
): Promise<AccessToken | Refusal> {
  const grant = grants.get(form.get('grant_type') ?? '');
  if (grant === undefined) return refuse('unsupported_grant_type');
  const missing = grant.fields.find((field) => !form.get(field));
  if (missing !== undefined) {
    return refuse('invalid_request', grant.missing(missing));
  }
  const client = await findClient(form, authorization, context);
  if (client === undefined) return refuse('invalid_client');
  return grant.issue(form, client, context);
}

interface GrantType {
  readonly fields: readonly string[];
  missing(field: string): string;
  issue(form: Form, client: Account, context: Context): Promise<AccessToken | Refusal>;
}

const forbiddenGrant: GrantType = {
  fields: [],
  missing: () => '',
  issue: async () => refuse('unauthorized_client'),
};

const passwordGrant: GrantType = {
  fields: ['username', 'password'],
  missing: (field) => `Request is missing ${field} parameter.`,
  issue: issueForPassword,
};

const refreshGrant: GrantType = {
  fields: ['refresh_token'],
  missing: () => 'Missing refresh token parameter.',
  issue: issueForRefreshToken,
};

const grants: ReadonlyMap<string, GrantType> = new Map([
  ['password', passwordGrant],
  ['refresh_token', refreshGrant],
  // Known to the stack, but not allowed to the vendor's clients.
  ['client_credentials', forbiddenGrant],
  ['authorization_code', forbiddenGrant],
]);

async function issueForPassword(form: Form, client: Account, { store, clocks, config }: Context) {
  const user = await store.findUser(form.get('username')!);
  if (user === undefined || user.password !== form.get('password')) {
    return refuse('invalid_grant', 'Invalid credentials given.');
  }
  const scope = chosenScope(form.get('scope'), everyScope);
  if (scope === undefined) return refuse('invalid_scope');
  return store.issueToken({
    username: user.username,
    clientId: client.clientId,
    scope,
    ...lifetime(clocks.of(user.username).now(), config.tokenLifetime),
  });
}

async function issueForRefreshToken(form: Form, client: Account, { store, clocks, config }: Context) {
  const refreshToken = form.get('refresh_token')!;
  const old = await store.findRefreshToken(refreshToken);
  if (old?.clientId !== client.clientId) return refuse('invalid_grant');
  const scope = chosenScope(form.get('scope'), old.scope);
  if (scope === undefined) return refuse('invalid_scope');
  const rotated = await store.rotateToken(refreshToken, {
    scope,
    ...lifetime(clocks.of(old.username).now(), config.tokenLifetime),
  });
  return rotated ?? refuse('invalid_grant');
}

const everyScope = 'read write';

/** A scope within the allowed one as it was written, the allowed one where nothing was asked for, else `undefined`. */
function chosenScope(asked: string | undefined, allowed: string): string | undefined {
  const wanted = (asked ?? '').split(' ').filter((word) => word !== '');
  if (wanted.length === 0) return allowed;
  return wanted.every((word) => allowed.split(' ').includes(word)) ? wanted.join(' ') : undefined;
}

const lifetime = (nowMs: number, seconds: number): Pick<Grant, 'issuedAtMs' | 'expiresAtMs'> => ({
  issuedAtMs: nowMs,
  expiresAtMs: nowMs + seconds * 1000,
});

/** HTTP Basic first, then the form's fields, as the stock stack tries them. */
async function findClient(form: Form, authorization: string | undefined, { store }: Context) {
  const pairs = [basicCredentials(authorization), [form.get('client_id'), form.get('client_secret')]];
  for (const [clientId, clientSecret] of pairs) {
    const client = await store.findClient(clientId ?? '');
    if (client !== undefined && client.clientSecret === clientSecret) return client;
  }
  return undefined;
}

function basicCredentials(authorization: string | undefined): readonly (string | undefined)[] {
  const encoded = /^basic[ ]+(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
  if (encoded === undefined) return [];
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return [id, secret].map(
    (part) => part && [...new URLSearchParams(`v=${part.replaceAll('&', '%26')}`)][0]?.[1],
  );
}

function sendAnswer(answer: AccessToken | Refusal, reply: FastifyReply): FastifyReply {
  reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).type('application/json');
  if (!(answer instanceof Refusal)) return reply.send(dumpJson(tokenBody(answer)));
  reply.request.exchange.tokenRefusal = answer.body.error;
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
