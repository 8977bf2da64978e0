import type { FastifyRequest } from 'fastify';
import { type ErrorName, errorCatalogue, vendorError } from '../errors.js';
import type { CropResult, PhotoFault } from '../vision/types.js';
import type { Context } from './context.js';
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
  return async (request: FastifyRequest): Promise<CropAnswer> => {
    const { exchange } = request;
    const { transactionId, remaining } = exchange.trial!;
    const { image, width, height, confidence } = await cropOrRefuse(context, request);
    exchange.crop = { width, height, confidence };
    return {
      data: { img: image },
      transaction_id: transactionId,
      trials_remaining: trialsRemaining(context, remaining),
    };
  };
}

async function cropOrRefuse(context: Context, request: FastifyRequest) {
  try {
    return assertCropped(await context.cropper.crop(request.exchange.photo!.bytes));
  } catch (error) {
    const refusal = toVendorError(error);
    if (!errorCatalogue[refusal.row].spendsTrial) await returnTrial(context, request);
    throw refusal;
  }
}

function assertCropped(result: CropResult) {
  if (result.fault !== undefined) throw vendorError(rowOfFault[result.fault], result.detail);
  const { buffer, byteOffset, byteLength } = result.image;
  return { ...result, image: Buffer.from(buffer, byteOffset, byteLength).toString('base64') };
}
