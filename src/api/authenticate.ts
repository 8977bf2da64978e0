import type { FastifyRequest } from 'fastify';
import { type VendorError, vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import type { AccessToken } from '../state/store.js';

/**
 * Station 5 of docs/architecture.md: whose token is it? Every way of having none is the same 403; the log tells them apart.
 * No 401 comes from here: the cropper's is for the bundle key (`entitle.ts`). The other 403 is in `trials.ts`: none are left.
 * @param named by `peekToken`, a moment ago
 */
export function authenticate(
  context: Context,
  headers: FastifyRequest['headers'],
  named: AccessToken | undefined,
): AccessToken {
  const accessToken = bearerToken(headers, context.config.strictAuthorization);
  if (typeof accessToken !== 'string') throw accessToken;
  return assertLive(named, context);
}

/** The token that a request names, alive or not; for what is set per account. */
export async function peekToken(
  headers: FastifyRequest['headers'],
  { config, store }: Context,
): Promise<AccessToken | undefined> {
  const accessToken = bearerToken(headers, config.strictAuthorization);
  return typeof accessToken === 'string' ? store.findToken(accessToken) : undefined;
}

/** The vendor's table names the header `Authentication`, while its samples send `Authorization`. */
function bearerToken(headers: FastifyRequest['headers'], strict: boolean): string | VendorError {
  const { authorization, authentication } = headers;
  const header = authorization ?? (strict ? undefined : authentication);
  if (header === undefined) {
    const fault =
      authentication === undefined ? 'no Authorization header' : 'Authentication is not Authorization';
    return vendorError('ACCESS_TOKEN_NOT_FOUND', `${fault}; send Authorization: Bearer <token>`);
  }
  const token = /^bearer[ \t]+(\S+)$/i.exec(String(header).trim())?.[1];
  return token ?? vendorError('ACCESS_TOKEN_NOT_FOUND', faultOfHeader(String(header).trim()));
}

function faultOfHeader(header: string): string {
  const fault = likenesses.find(([pattern]) => pattern.test(header))?.[1] ?? 'it has no scheme';
  return `Authorization header is not "Bearer <token>": ${fault}`;
}

const likenesses: readonly (readonly [pattern: RegExp, fault: string])[] = [
  [/^$/, 'it is empty'],
  [/^bearer$/i, 'it has no token'],
  [/^bearer\s*[:=]/i, 'a blank stands between the two'],
  [/^bearer\s+bearer\s/i, 'it says Bearer twice'],
  [/^bearer\s/i, 'it has more than the token'],
  [/^bearer/i, 'a blank stands between the two'],
  [/^(?:basic|token|jwt|oauth|digest|apikey)\s/i, 'it has another scheme'],
  [/\s/, 'it has another scheme'],
];

function assertLive(token: AccessToken | undefined, { clocks }: Context): AccessToken {
  if (token === undefined)
    throw vendorError('ACCESS_TOKEN_NOT_FOUND', 'token unknown; get one from the token endpoint');
  if (token.revoked)
    throw vendorError('ACCESS_TOKEN_NOT_FOUND', 'token revoked, as a refresh does; use the new one');
  if (clocks.of(token.username).now() >= token.expiresAtMs) {
    throw vendorError('ACCESS_TOKEN_NOT_FOUND', 'token expired; get a new one');
  }
  return token;
}
