import { createHmac } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Bundle } from '../state/store.js';

/**
 * Station 11 of docs/architecture.md: signs a good answer with the bundle's key, as the vendor's page "Response data
 * validation" has it.
 */
export function sign<Answer extends SignedAnswer>(
  reply: FastifyReply,
  answer: Answer,
  { hmacKey }: Bundle,
): Answer {
  reply.header('hmac', responseHmac(answer, hmacKey));
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
