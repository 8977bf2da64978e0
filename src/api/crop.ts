import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorName, errorCatalogue, vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { chooseByCard, ways } from '../scenarios/select.js';
import type { CropResult, PhotoFault } from '../vision/types.js';
import { performDue, ScenarioAnswer } from './perform.js';
import { toVendorError } from './refusals.js';
import type { CropAnswer } from './schemas.js';
import { returnTrial, trialsRemaining } from './trials.js';

const rowOfFault: Readonly<Record<PhotoFault, ErrorName>> = {
  'image-unreadable': 'IMAGE_UNREADABLE',
  'image-too-small': 'IMAGE_TOO_SMALL',
  'image-too-large': 'IMAGE_TOO_LARGE',
  'card-not-found': 'CARD_NOT_FOUND',
};

/** Rows 12 to 14 of the contract: the card, cut out of the photo and straightened. */
export function crop(context: Context) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<CropAnswer | FastifyReply> => {
    const { exchange } = request;
    exchange.station = 'crop';
    const card = await orReturnTrial(context, request, () => cutCard(context, request, reply));
    if (card === undefined) {
      await returnTrial(context, request); // no answer, no trial
      return reply;
    }
    exchange.station = 'answer';
    const { transactionId, remaining } = exchange.trial!;
    return {
      data: { img: card },
      transaction_id: transactionId,
      trials_remaining: trialsRemaining(context, remaining),
    };
  };
}

/** @returns the card in base64; `undefined` where a scenario has taken the connection, and nothing is to be answered. */
async function cutCard(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string | undefined> {
  const { exchange } = request;
  const taken = mayYieldToCard(context, request) ? false : await performDue(context, request, reply, 'crop');
  if (taken) return undefined;
  const result = await context.cropper.crop(exchange.photo!.bytes);
  exchange.result = result;
  if (result.fault === undefined) chooseByCard(exchange, result.code);
  if (await performDue(context, request, reply, 'crop')) return undefined;
  return encodeCard(result);
}

/** What is weaker than a code on the card has to wait until the card has been looked at. */
const mayYieldToCard = ({ config }: Context, { exchange: { choice } }: FastifyRequest) =>
  config.magicCard && choice !== undefined && ways.indexOf(choice.by) > ways.indexOf('magic card');

async function orReturnTrial<T>(
  context: Context,
  request: FastifyRequest,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = error instanceof ScenarioAnswer ? error : toVendorError(error);
    const spends = !(refusal instanceof ScenarioAnswer) && errorCatalogue[refusal.row].spendsTrial;
    if (!spends) await returnTrial(context, request);
    throw refusal;
  }
}

function encodeCard(result: CropResult): string {
  if (result.fault !== undefined) throw vendorError(rowOfFault[result.fault], result.detail);
  const { buffer, byteOffset, byteLength } = result.image;
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
