import type { FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import type { AccessToken } from '../state/store.js';
import type { Context } from './context.js';

/** Row 5 of the contract: whose token is it? Every way of having none is the same 403; the log tells them apart. */
export function authenticate({ config, store, clock }: Context) {
  return async (request: FastifyRequest): Promise<void> => {
    const accessToken = bearerToken(credentials(request.headers, config.strictAuthorization));
    const token = await store.findToken(accessToken);
    request.exchange.token = assertLive(token, clock.now());
  };
}

/** The vendor's table names the header `Authentication`, while its samples send `Authorization`. */
function credentials(headers: FastifyRequest['headers'], strict: boolean): string {
  const { authorization, authentication } = headers;
  const header = authorization ?? (strict ? undefined : authentication);
  if (header === undefined) throw vendorError('ACCESS_TOKEN_NOT_FOUND', 'no Authorization header');
  return String(header);
}

function bearerToken(header: string): string {
  const token = /^bearer[ \t]+(\S+)$/i.exec(header.trim())?.[1];
  if (token === undefined) {
    throw vendorError('ACCESS_TOKEN_NOT_FOUND', 'Authorization header is not "Bearer <token>"');
  }
  return token;
}

function assertLive(token: AccessToken | undefined, nowMs: number): AccessToken {
  if (token === undefined) throw vendorError('ACCESS_TOKEN_NOT_FOUND', 'token unknown');
  if (token.revoked) throw vendorError('ACCESS_TOKEN_NOT_FOUND', 'token revoked by a refresh');
  if (nowMs >= token.expiresAtMs) throw vendorError('ACCESS_TOKEN_NOT_FOUND', 'token expired');
  return token;
}
