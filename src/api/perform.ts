import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorOverride, vendorError } from '../errors.js';
import type { Closing } from '../exchange/closing.js';
import type { Context } from '../exchange/context.js';
import type { Exchange } from '../exchange/exchange.js';
import { afterEarlierAnswers } from '../exchange/follow.js';
import { clearTimeout, setTimeout } from '../real-time.js';
import {
  type EffectBeforeAnswer,
  type Station,
  scenarioCatalogue,
  scenarioRow,
  stations,
} from '../scenarios/catalogue.js';
import type { Choice } from '../scenarios/choice.js';
import type { Parameters } from '../scenarios/scenario.js';
import type { AccessToken } from '../state/store.js';
import { pause } from './pause.js';
import { pretendExhausted } from './trials.js';

/**
 * Comes to one of the stations that have a name in scenarios/catalogue.ts, the first at station 2 of docs/architecture.md. What
 * was chosen to happen there is thrown, so that nothing after it happens.
 */
export type Arrive = (station: Station) => Promise<void> | undefined;

/** @param token whose it is, for the stations after `authenticate` */
export function arrivals(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  token?: AccessToken,
): Arrive {
  return (station) => {
    request.exchange.station = station;
    const { choice } = request.exchange;
    const effect = choice && effectDue(choice, station);
    if (choice === undefined || effect === undefined) return undefined;
    choice.done = true;
    return perform(effect, choice.scenario.parameters, context, request, reply, token);
  };
}

/** Whether it is known already that nothing will be cropped. */
export function answersItself({ choice }: Exchange): boolean {
  if (choice === undefined) return false;
  const row = scenarioRow(choice.scenario.name);
  return row.station !== 'answer' && row.effect.kind !== 'pass';
}

/** If this is its station, or if its station was passed before it was chosen. */
function effectDue({ done, scenario }: Choice, station: Station): EffectBeforeAnswer | undefined {
  const row = scenarioRow(scenario.name);
  if (done || row.station === 'answer' || row.effect.kind === 'pass') return undefined;
  return stations.indexOf(row.station) <= stations.indexOf(station) ? row.effect : undefined;
}

/** @returns what the stations do, or `undefined` where a scenario has taken the connection from Fastify */
export async function unlessTaken<Result>(visit: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await visit();
  } catch (error) {
    if (error instanceof ConnectionTaken) return undefined;
    throw error;
  }
}

/** Thrown where there is to be no answer: the scenario does with the connection what it likes. */
class ConnectionTaken extends Error {
  override readonly name = 'ConnectionTaken';
}

/** An answer that is none of the vendor's, thrown like a refusal. */
export class ScenarioAnswer extends Error {
  override readonly name = 'ScenarioAnswer';

  constructor(
    readonly status: number,
    readonly type: string,
    readonly body: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(reason);
  }
}

const reason = 'a scenario asks for it';

/** @throws {VendorError | ScenarioAnswer | ConnectionTaken} what is to happen instead of what follows */
async function perform(
  effect: EffectBeforeAnswer,
  parameters: Parameters,
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  token: AccessToken | undefined,
): Promise<void> {
  switch (effect.kind) {
    case 'refuse':
      throw vendorError(effect.row, reason);
    case 'exhaust':
      return pretendExhausted(context, request.exchange, token);
    case 'unprocessable':
      throw vendorError('UNPROCESSABLE', reason, undefined, wordsOf(parameters));
    case 'error': {
      const body = JSON.stringify({ message: parameters.message });
      throw new ScenarioAnswer(Number(parameters.status), 'application/json', body);
    }
    case 'gateway':
      throw proxyPage(effect.status, effect.headers);
    case 'kill-worker':
      return context.cropper.killWorker();
    case 'hang':
      return hang(request, reply, Number(parameters.ms), context.closing);
    case 'reset':
      return reset(request, reply);
    case 'hang-up':
      return hangUp(request, reply);
    default:
      return effect satisfies never;
  }
}

/** A message that was not chosen is the row's, which is translated. */
function wordsOf({ code, message }: Parameters): ErrorOverride {
  const usual = scenarioCatalogue.unprocessable.parameters.message.default;
  if (message === usual) return { code: Number(code) };
  return { code: Number(code), en: String(message), ar: String(message) };
}

/** As nginx writes it. */
function proxyPage(status: number, headers: Readonly<Record<string, string>> = {}): ScenarioAnswer {
  const title = `${status} ${STATUS_CODES[status]}`;
  const lines = [
    `<html>`,
    `<head><title>${title}</title></head>`,
    `<body>`,
    `<center><h1>${title}</h1></center>`,
    `<hr><center>nginx</center>`,
    `</body>`,
    `</html>`,
    ``,
  ];
  return new ScenarioAnswer(status, 'text/html', lines.join('\r\n'), headers);
}

function hang(request: FastifyRequest, reply: FastifyReply, ms: number, closing: Closing): never {
  const { raw } = request;
  reply.hijack();
  raw.resume(); // The client may send all of its photo, and wait.
  afterEarlierAnswers(request, () => {
    void pause(ms, reply.raw, closing).then(() => raw.socket.destroy());
  });
  throw new ConnectionTaken();
}

function reset(request: FastifyRequest, reply: FastifyReply): never {
  reply.hijack();
  afterEarlierAnswers(request, () => request.raw.socket.resetAndDestroy());
  throw new ConnectionTaken();
}

/** Closing with unread bytes would be a reset: what still comes is read and dropped. */
function hangUp(request: FastifyRequest, reply: FastifyReply): never {
  const { raw } = request;
  reply.hijack();
  raw.resume();
  afterEarlierAnswers(request, () => {
    raw.socket.end();
    const patience = setTimeout(() => raw.socket.destroy(), 1000);
    raw.socket.once('close', () => clearTimeout(patience));
  });
  throw new ConnectionTaken();
}
