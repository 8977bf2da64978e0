import type { FastifyRequest } from 'fastify';
import { type VendorError, vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import type { AccessToken } from '../state/store.js';

/**
 * Station 5 of docs/architecture.md: whose token is it? Every way of having none is the same 403; the log tells them apart.
 * No 401 comes from here: the cropper's is for the bundle key (`entitle.ts`). The other 403 is in `trials.ts`: none are left.
 */
export async function authenticate(
  context: Context,
  headers: FastifyRequest['headers'],
): Promise<AccessToken> {
  const accessToken = bearerToken(headers, context.config.strictAuthorization);
  if (typeof accessToken !== 'string') throw accessToken;
  return assertLive(await context.store.findToken(accessToken), context);
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
  if (header === undefined) return vendorError('ACCESS_TOKEN_NOT_FOUND', 'no Authorization header');
  const token = /^bearer[ \t]+(\S+)$/i.exec(String(header).trim())?.[1];
  return token ?? vendorError('ACCESS_TOKEN_NOT_FOUND', 'Authorization header is not "Bearer <token>"');
}

function assertLive(token: AccessToken | undefined, { clocks }: Context): AccessToken {
  if (token === undefined) throw vendorError('ACCESS_TOKEN_NOT_FOUND', 'token unknown');
  if (token.revoked) throw vendorError('ACCESS_TOKEN_NOT_FOUND', 'token revoked');
  if (clocks.of(token.username).now() >= token.expiresAtMs) {
    throw vendorError('ACCESS_TOKEN_NOT_FOUND', 'token expired');
  }
  return token;
}
