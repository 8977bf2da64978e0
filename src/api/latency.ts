import type { FastifyRequest } from 'fastify';
import type { Context } from '../exchange/context.js';
import { createRandom } from '../random.js';
import { longestMs } from '../scenarios/catalogue.js';

const megabyte = 1_000_000;

/**
 * After how many milliseconds the answer to this request may go out, by the setting `latency`; 0 where it does not matter: without the setting, and
 * where no photo was looked at. The n-th call of an account takes as long in every run with the same seed.
 */
export function leastLatency(
  { config: { latency }, seed }: Context,
  { exchange, headers }: FastifyRequest,
): number {
  if (latency === undefined || exchange.result === undefined || exchange.beside !== undefined) return 0;
  const { median, 'per-megabyte': perMegabyte = 0, sigma = 0 } = latency;
  const megabytes = Number(headers['content-length'] ?? exchange.photo?.length ?? 0) / megabyte;
  const { call } = exchange;
  const random = createRandom(`${seed}/latency/${call?.username}/${call?.endpoint}/${call?.n}`);
  return Math.min(longestMs, (median + perMegabyte * megabytes) * Math.exp(random.normal(0, sigma)));
}
