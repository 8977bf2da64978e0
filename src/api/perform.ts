import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { afterEarlierAnswers } from '../exchange/follow.js';
import { type Effect, type Station, scenarioRow, stations } from '../scenarios/catalogue.js';
import type { Parameters } from '../scenarios/scenario.js';
import { pause } from './pause.js';
import { refuseTrial } from './trials.js';

/** An answer that is none of the vendor's, thrown like a refusal. */
export class ScenarioAnswer extends Error {
  override readonly name = 'ScenarioAnswer';

  constructor(
    readonly status: number,
    readonly type: string,
    readonly body: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`a scenario answers ${status}`);
  }
}

const reason = 'a scenario asks for it';

/**
 * Lets the chosen scenario take place if this is its station, or if its station was passed before it was chosen.
 *
 * @returns whether the connection has been taken from Fastify, so that nothing may follow
 * @throws {VendorError | ScenarioAnswer} what is to be answered instead
 */
export async function performDue(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  station: Station,
): Promise<boolean> {
  const { choice } = request.exchange;
  if (choice === undefined || choice.done) return false;
  const { effect, station: own } = scenarioRow(choice.scenario.name);
  if (effect.kind === 'pass' || stations.indexOf(own) > stations.indexOf(station)) return false;
  choice.done = true;
  return perform(effect, choice.scenario.parameters, context, request, reply);
}

async function perform(
  effect: Effect,
  parameters: Parameters,
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  switch (effect.kind) {
    case 'refuse':
      throw vendorError(effect.row, reason);
    case 'exhaust':
      return refuseTrial(context, request);
    case 'unprocessable':
      throw vendorError('UNPROCESSABLE', reason, undefined, {
        code: Number(parameters.code),
        en: String(parameters.message),
        ar: String(parameters.message),
      });
    case 'error': {
      const body = JSON.stringify({ message: parameters.message });
      throw new ScenarioAnswer(Number(parameters.status), 'application/json', body);
    }
    case 'gateway':
      throw proxyPage(scenarioRow(request.exchange.choice!.scenario.name).status!, effect.headers);
    case 'kill-worker':
      return context.cropper.killWorker();
    case 'hang':
      hang(request, reply, Number(parameters.ms), context.closing);
      return true;
    case 'reset':
      reset(request, reply);
      return true;
    case 'hang-up':
      hangUp(request, reply);
      return true;
    default:
      return false; // takes place on the answer: answer.ts
  }
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

function hang(request: FastifyRequest, reply: FastifyReply, ms: number, closing: AbortSignal): void {
  const { raw } = request;
  reply.hijack();
  raw.resume(); // The client may send all of its photo, and wait.
  afterEarlierAnswers(request, () => {
    void pause(ms, reply.raw, closing).then(() => raw.socket.destroy());
  });
}

function reset(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  afterEarlierAnswers(request, () => request.raw.socket.resetAndDestroy());
}

/** Closing with unread bytes would be a reset: what still comes is read and dropped. */
function hangUp(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request;
  reply.hijack();
  raw.resume();
  afterEarlierAnswers(request, () => {
    raw.socket.end();
    const patience = setTimeout(() => raw.socket.destroy(), 1000);
    raw.socket.once('close', () => clearTimeout(patience));
  });
}
