import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../exchange/context.js';
import { createRandom } from '../random.js';
import { type EffectOnAnswer, longestMs, scenarioRow } from '../scenarios/catalogue.js';
import type { Parameters } from '../scenarios/scenario.js';
import { leastLatency } from './latency.js';
import { pause } from './pause.js';

type Payload = string | Buffer | null | undefined;

/** Station 11 of docs/architecture.md: the scenarios that leave the answer as it is but for its way to the client. */
export function performOnAnswer(context: Context) {
  return (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: Done): void => {
    const { choice } = request.exchange;
    const row = choice && scenarioRow(choice.scenario.name);
    if (choice && (row?.station === 'answer' || row?.effect.kind === 'pass')) choice.done = true;
    const change = async () =>
      choice === undefined || row?.station !== 'answer'
        ? (payload as Payload)
        : perform(row.effect, choice.scenario.parameters, context, request, reply, payload as Payload);
    const ms = leastLatency(context, request);
    if (ms === 0 && row?.station !== 'answer') done(null, payload);
    else
      (ms === 0 ? change() : context.holdAnswer(ms, reply).then(change)).then(
        (changed) => done(null, changed),
        (error) => done(error),
      );
  };
}

type Done = (error: Error | null, payload?: unknown) => void;

async function perform(
  effect: EffectOnAnswer,
  parameters: Parameters,
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: Payload,
): Promise<Payload> {
  switch (effect.kind) {
    case 'delay':
      await pause(drawDelay(effect, parameters, context, request), reply.raw, context.closing);
      return payload;
    case 'garble':
      return garble(bytesOf(payload));
    case 'forge':
      forgeSignature(reply);
      return payload;
    case 'cut':
      return cut(reply, bytesOf(payload));
    case 'dribble':
      return dribble(reply, bytesOf(payload), parameters, context);
    default:
      return effect satisfies never;
  }
}

const bytesOf = (payload: Payload) => Buffer.from(payload ?? '');

/** The n-th call of an account waits as long in every run with the same seed. */
export function drawDelay(
  { distribution }: Extract<EffectOnAnswer, { kind: 'delay' }>,
  parameters: Parameters,
  { seed }: Context,
  { exchange: { call } }: FastifyRequest,
): number {
  const random = createRandom(`${seed}/delay/${call?.username}/${call?.endpoint}/${call?.n}`);
  switch (distribution) {
    case 'fixed':
      return Number(parameters.ms);
    case 'uniform':
      return random.uniform(Number(parameters.min), Number(parameters.max));
    case 'log-normal':
      return Math.min(
        longestMs,
        Number(parameters.median) * Math.exp(random.normal(0, Number(parameters.sigma))),
      );
  }
}

/** No JSON ends like this. */
function garble(body: Buffer): Buffer {
  const half = Math.floor(body.length / 2);
  const damaged = Buffer.concat([body.subarray(0, half), Buffer.from(body.subarray(half)).reverse()]);
  if (damaged.length > 0) damaged[damaged.length - 1] = '<'.charCodeAt(0);
  return damaged;
}

function forgeSignature(reply: FastifyReply): void {
  const hmac = reply.getHeader('hmac');
  if (hmac !== undefined) reply.header('hmac', createHash('sha512').update(String(hmac)).digest('hex'));
}

/** Fastify knows no broken answer, so it is kept waiting for ever while the answer goes out below it. */
function cut(reply: FastifyReply, body: Buffer): Promise<never> {
  writeHead(reply, body.length);
  reply.raw.write(body.subarray(0, Math.floor(body.length / 2)), () => reply.raw.socket?.destroySoon());
  return new Promise(() => {});
}

async function dribble(
  reply: FastifyReply,
  body: Buffer,
  parameters: Parameters,
  { closing }: Context,
): Promise<never> {
  writeHead(reply, body.length);
  const pieces = Math.min(Number(parameters.pieces), body.length);
  const startOf = (piece: number) => Math.floor((piece * body.length) / pieces);
  for (let piece = 0; piece < pieces && !reply.raw.destroyed; piece++) {
    if (piece > 0) await pause(Number(parameters.ms) / (pieces - 1), reply.raw, closing);
    reply.raw.write(body.subarray(startOf(piece), startOf(piece + 1)));
  }
  reply.raw.end();
  return new Promise(() => {});
}

function writeHead(reply: FastifyReply, length: number): void {
  reply.hijack();
  reply.raw.writeHead(reply.statusCode, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-length': length,
  });
}
