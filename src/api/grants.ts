import { URLSearchParams } from 'node:url';
import type { Context } from '../exchange/context.js';
import type { AccessToken, Account, Grant } from '../state/store.js';
import type { TokenError } from './schemas.js';

/** The fields of a token request. */
export type Form = ReadonlyMap<string, string>;

/** In the words of OAuth 2. It is returned, not thrown: `refusals.ts` never sees it. `invalid_client` is one of the 401s. */
export class OAuthRefusal {
  constructor(
    readonly status: 400 | 401,
    readonly body: TokenError,
  ) {}
}

const refuse = (error: string, description?: string) =>
  new OAuthRefusal(error === 'invalid_client' ? 401 : 400, {
    error,
    ...(description === undefined ? {} : { error_description: description }),
  });

/** Order of checks, as the stock stack has it: grant type, presence of the fields, client, user, scope. */
export async function grantToken(
  form: Form,
  authorization: string | undefined,
  context: Context,
): Promise<AccessToken | OAuthRefusal> {
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
  issue(form: Form, client: Account, context: Context): Promise<AccessToken | OAuthRefusal>;
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
  const user = await store.findUser(form.get('username') ?? '');
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
  const refreshToken = form.get('refresh_token') ?? '';
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
