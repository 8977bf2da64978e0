import type { FastifyRequest } from 'fastify';
import type { Context } from '../exchange/context.js';
import { chooseByHeader, chooseByKey, chooseForAccount } from '../scenarios/select.js';
import { peekToken } from './authenticate.js';
import type { CropRequest } from './schemas.js';

/** What a request has been told to do, as far as its headers say: by themselves, or by whose token they carry. */
export function chooseByHeaders(context: Context) {
  return async ({ exchange, headers }: FastifyRequest): Promise<void> => {
    exchange.endpoint = 'crop';
    exchange.station = 'gateway';
    chooseByHeader(exchange, headers);
    const token = await peekToken(headers, context);
    if (token !== undefined) await chooseForAccount(context, exchange, 'crop', token.username);
  };
}

export function chooseByBundleKey(context: Context) {
  return async ({ exchange, body }: FastifyRequest): Promise<void> => {
    if (context.config.magicKeys) chooseByKey(exchange, (body as CropRequest).bundle_key);
  };
}
