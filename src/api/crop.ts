import { EventEmitter } from 'node:events';
import { ClientGone } from '../cropper/turn.js';
import { type ErrorName, errorCatalogue, vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import type { Exchange } from '../exchange/exchange.js';
import { isStronger } from '../scenarios/choice.js';
import type { AccessToken, Trial } from '../state/store.js';
import type { CropResult, PhotoFault } from '../vision/types.js';
import { chooseByCard } from './choose.js';
import type { Arrive } from './perform.js';
import { toVendorError } from './refusals.js';
import { keepTrial, returnTrial } from './trials.js';

const rowOfFault: Readonly<Record<PhotoFault, ErrorName>> = {
  'image-unreadable': 'IMAGE_UNREADABLE',
  'image-too-small': 'IMAGE_TOO_SMALL',
  'image-too-large': 'IMAGE_TOO_LARGE',
  'card-not-found': 'CARD_NOT_FOUND',
};

/**
 * Station 10 of docs/architecture.md: the card, cut out of the photo and straightened. What spends no trial by
 * `spendsTrial` of `errors.ts` gives it back here; so does a scenario that leaves the client without an answer, and a client that
 * does not wait for it.
 * @returns the card in base64
 * @throws {VendorError | ClientGone} or what the cropper throws
 */
export async function cropPhoto(
  context: Context,
  exchange: Exchange,
  arrive: Arrive,
  photo: Uint8Array<ArrayBuffer>,
  token: AccessToken,
  trial: Trial,
): Promise<string> {
  const departure = new EventEmitter();
  const keep = async () => {
    await keepTrial(context, token, trial);
    if (exchange.isAbandoned) throw new ClientGone();
  };
  const card = askCropper(context, exchange, arrive, photo, departure)
    .then(encodeCard)
    .catch(async (error) => {
      if (spendsTrial(error)) await keep();
      throw error;
    })
    .then(async (it) => {
      await keep();
      return it;
    })
    .catch(async (error) => {
      if (!spendsTrial(error)) await returnTrial(context, exchange, token, trial);
      throw error;
    });
  exchange.abandon = async () => {
    departure.emit('gone');
    await Promise.allSettled([card]);
  };
  return card.finally(() => {
    exchange.abandon = undefined;
    exchange.place?.leave();
  });
}

const spendsTrial = (error: unknown) => errorCatalogue[toVendorError(error).row].spendsTrial;

/** The photo in the cropper's hands. A code on the card may choose what happens here. */
async function askCropper(
  { config, cropper }: Context,
  exchange: Exchange,
  arrive: Arrive,
  photo: Uint8Array<ArrayBuffer>,
  departure: EventEmitter,
): Promise<CropResult> {
  exchange.station = 'crop';
  if (!config.magicCard || !mayYieldToCard(exchange)) await arrive('crop');
  if (exchange.isAbandoned) throw new ClientGone();
  const result = await cropper.crop(photo, departure);
  exchange.result = result;
  if (result.fault === undefined) chooseByCard(exchange, result.code);
  await arrive('crop');
  return result;
}

/** What is weaker than a code on the card has to wait until the card has been looked at. */
const mayYieldToCard = ({ choice }: Exchange) => choice !== undefined && isStronger('magic card', choice.by);

function encodeCard(result: CropResult): string {
  if (result.fault !== undefined) throw vendorError(rowOfFault[result.fault], result.detail);
  const { buffer, byteOffset, byteLength } = result.image;
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
