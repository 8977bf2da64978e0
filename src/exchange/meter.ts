import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from './context.js';
import type { End } from './follow.js';
import type { Ended, Instruments } from './instruments.js';
import { isOwn } from './paths.js';

/** What was counted, once its instruments are there. */
export type Meter = () => Promise<Instruments>;

/**
 * Station 12 of docs/architecture.md: counts every request but those to this server's own pages, however it ends. prom-client takes 17 ms of CPU
 * to load (bundled; Node 20), so that it is loaded when the first answer has gone out, and not at the start.
 */
export function meterExchanges(app: FastifyInstance, context: Context): Meter {
  let loading: Promise<Instruments> | undefined;
  let instruments: Instruments | undefined;
  let uncounted: Ended[] = [];
  const load = async () => {
    const { createInstruments } = await import('./instruments.js');
    instruments = createInstruments(context);
    uncounted.forEach(instruments.count);
    uncounted = [];
    return instruments;
  };
  const meter = () => {
    loading ??= load();
    return loading;
  };
  app.exchangeEnds.push((request, reply, end) => {
    if (isOwn(request) || request.exchange.beside !== undefined) return;
    const ended = describe(request, reply, end);
    if (instruments !== undefined) return instruments.count(ended);
    uncounted.push(ended);
    void meter();
  });
  return meter;
}

function describe({ exchange }: FastifyRequest, reply: FastifyReply, end: End): Ended {
  const { endpoint, station, result } = exchange;
  return {
    endpoint,
    station: station ?? 'none',
    status: statusOf(reply, end),
    seconds: reply.elapsedTime / 1000,
    timings: result?.fault === undefined ? result?.timings : undefined,
  };
}

function statusOf(reply: FastifyReply, end: End): Ended['status'] {
  if (end.how === 'unanswered') return 'none';
  return end.how === 'broken' ? end.status : reply.statusCode;
}
