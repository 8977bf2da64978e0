import { createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Signs a good answer with the bundle's key, as the vendor's page "Response data validation" has it. */
export async function sign(request: FastifyRequest, reply: FastifyReply, answer: unknown): Promise<unknown> {
  const bundle = request.exchange.entitlement?.bundle;
  if (reply.statusCode === 200 && bundle !== undefined) {
    reply.header('hmac', responseHmac(answer as SignedAnswer, bundle.hmacKey));
  }
  return answer;
}

/** One level of values, of which one may be the payload object with a level of its own. */
export type SignedAnswer = Readonly<Record<string, Value | Readonly<Record<string, Value>>>>;
type Value = string | number;

/**
 * HMAC-SHA512 in lower-case hex over the values in ascending order of their keys; the payload object stands for its own
 * values, ordered likewise.
 */
export function responseHmac(answer: SignedAnswer, key: string): string {
  return createHmac('sha512', key).update(joinValues(answer)).digest('hex');
}

function joinValues(object: SignedAnswer): string {
  return Object.keys(object)
    .sort()
    .map((key) => object[key]!)
    .map((value) => (typeof value === 'object' ? joinValues(value) : String(value)))
    .join('');
}
