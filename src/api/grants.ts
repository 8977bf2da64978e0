import type { Context } from '../exchange/context.js';
import type { AccessToken, Account, Grant } from '../state/store.js';
import type { Form, ReadForm } from './form.js';
import { authenticateClient } from './oauth-client.js';
import type { TokenError } from './schemas.js';
import { slipOf } from './slip.js';

/** In the words of OAuth 2. It is returned, not thrown: `refusals.ts` never sees it. `invalid_client` is one of the 401s. */
export class OAuthRefusal {
  constructor(
    readonly status: 400 | 401,
    readonly body: TokenError,
    /** For the log, never for the client. */
    readonly reason: string,
  ) {}
}

const refuse = (error: string, reason: string, description?: string) =>
  new OAuthRefusal(
    error === 'invalid_client' ? 401 : 400,
    { error, ...(description === undefined ? {} : { error_description: description }) },
    reason,
  );

/** Order of checks: grant type, presence of the fields, client, user, scope. */
export async function grantToken(
  { fields: form, fault }: ReadForm,
  authorization: string | undefined,
  context: Context,
): Promise<AccessToken | OAuthRefusal> {
  const grant = grants.get(form.get('grant_type') ?? '');
  if (grant === undefined) return refuse('unsupported_grant_type', fault ?? faultOfGrantType(form));
  const missing = grant.fields.find((field) => grant.lacks(form, field));
  if (missing !== undefined) {
    const reason = `field ${missing} ${form.has(missing) ? 'empty' : 'missing'}`;
    return refuse('invalid_request', reason, grant.missing(missing));
  }
  const client = await authenticateClient(form, authorization, context);
  if (typeof client === 'string') return refuse('invalid_client', client);
  return grant.issue(form, client, context);
}

/** Of a form that was read, but whose `grant_type` is missing or none of ours. */
function faultOfGrantType(form: Form): string {
  const wanted = 'send grant_type=password, username, password, client_id and client_secret';
  if (form.size === 0) return `form empty; ${wanted}`;
  const [first = ''] = form.keys();
  if (form.size === 1 && /^\s*[{[]/.test(first))
    return `body is JSON under the type of a form; ${wanted} as a form`;
  if (form.size === 1 && first === 'grant_type' && form.get(first)?.includes(';')) {
    return 'the fields of a form are separated by &, not by ;';
  }
  if (form.has('grant_type')) return 'grant_type is neither password nor refresh_token, to the letter';
  const similar = [...form.keys()].some(
    (name) => name.trim().toLowerCase().replace('-', '_') === 'grant_type',
  );
  return similar
    ? 'the name of the field is grant_type, to the letter'
    : `field grant_type missing; ${wanted}`;
}

interface GrantType {
  readonly fields: readonly string[];
  lacks(form: Form, field: string): boolean;
  missing(field: string): string;
  issue(form: Form, client: Account, context: Context): Promise<AccessToken | OAuthRefusal>;
}

const isAbsent: GrantType['lacks'] = (form, field) => !form.has(field);

const passwordGrant: GrantType = {
  fields: ['username', 'password'],
  lacks: (form, field) => !form.get(field),
  missing: (field) => `Request is missing ${field} parameter.`,
  issue: issueForPassword,
};

const refreshGrant: GrantType = {
  fields: ['refresh_token'],
  lacks: isAbsent,
  missing: () => 'Missing refresh token parameter.',
  issue: issueForRefreshToken,
};

/** Known to the stack, but not allowed to the vendor's clients. */
const forbiddenGrant = (...fields: string[]): GrantType => ({
  fields,
  lacks: isAbsent,
  missing: (field) => `Missing ${field} parameter.`,
  issue: async () =>
    refuse('unauthorized_client', 'grant_type is not allowed here; send password or refresh_token'),
});

const grants: ReadonlyMap<string, GrantType> = new Map([
  ['password', passwordGrant],
  ['refresh_token', refreshGrant],
  ['client_credentials', forbiddenGrant()],
  ['authorization_code', forbiddenGrant('code')],
]);

async function issueForPassword(form: Form, client: Account, { store, clocks, config }: Context) {
  const user = await store.findUser(form.get('username') ?? '');
  if (user === undefined || user.password !== form.get('password')) {
    return refuse('invalid_grant', await faultOfUser(form, user, store), 'Invalid credentials given.');
  }
  const scope = chosenScope(form.get('scope'), everyScope);
  if (scope === undefined) return refuseScope(form);
  return store.issueToken({
    username: user.username,
    clientId: client.clientId,
    scope,
    ...lifetime(clocks.of(user.username).now(), config.tokenLifetime),
  });
}

async function faultOfUser(form: Form, user: Account | undefined, store: Context['store']): Promise<string> {
  const name = form.get('username') ?? '';
  const slip =
    user === undefined
      ? await slipOf(name, async (it) => (await store.findUser(it)) !== undefined)
      : await slipOf(form.get('password') ?? '', (it) => it === user.password);
  const fault = user === undefined ? 'username unknown' : 'password wrong';
  return slip === undefined ? fault : `${fault}: ${slip}`;
}

async function issueForRefreshToken(form: Form, client: Account, { store, clocks, config }: Context) {
  const refreshToken = form.get('refresh_token') ?? '';
  const old = await store.findRefreshToken(refreshToken);
  if (old?.clientId !== client.clientId) {
    const whose = old === undefined ? 'unknown, or used before' : "another client's";
    return refuse('invalid_grant', `refresh_token ${whose}; log in again`);
  }
  const asked = form.get('scope');
  const scope = asked === '' ? old.scope : chosenScope(asked, old.scope);
  if (scope === undefined) return refuseScope(form);
  const rotated = await store.rotateToken(refreshToken, {
    scope,
    ...lifetime(clocks.of(old.username).now(), config.tokenLifetime),
  });
  return rotated ?? refuse('invalid_grant', 'refresh_token used by another call at the same time');
}

const everyScope = 'read write';

/** A scope within the allowed one, the allowed one where nothing was asked for, else `undefined`: an empty one is none. */
function chosenScope(asked: string | undefined, allowed: string): string | undefined {
  if (asked === undefined) return allowed;
  const wanted = asked.trim().split(' ');
  return wanted.every((word) => allowed.split(' ').includes(word)) ? wanted.join(' ') : undefined;
}

const refuseScope = (form: Form) =>
  refuse(
    'invalid_scope',
    form.get('scope')?.trim() === ''
      ? 'scope empty; leave the field out'
      : 'scope asks for what this login does not have; read and write, with one blank between them, or leave the field out',
  );

const lifetime = (nowMs: number, seconds: number): Pick<Grant, 'issuedAtMs' | 'expiresAtMs'> => ({
  issuedAtMs: nowMs,
  expiresAtMs: nowMs + seconds * 1000,
});
