import type { FastifyRequest } from 'fastify';
import { cropperService } from '../config/settings.js';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { scenarioOfKey } from '../scenarios/magic-key.js';
import type { OwnedBundle } from '../state/store.js';
import type { CropRequest } from './schemas.js';

/** Row 8 of the contract: is the bundle theirs, and does it have the cropper? */
export function entitle(context: Context) {
  return async (request: FastifyRequest): Promise<void> => {
    const { exchange } = request;
    const { username } = exchange.token!;
    const owned = await findBundle((request.body as CropRequest).bundle_key, username, context);
    if (owned === undefined) throw vendorError('INVALID_BUNDLE_KEY', 'bundle key unknown');
    if (owned.username !== username) {
      throw vendorError('INVALID_BUNDLE_KEY', 'bundle key of another account');
    }
    if (!owned.bundle.services.includes(cropperService)) {
      throw vendorError('INVALID_BUNDLE_KEY', `bundle without the service ${cropperService}`);
    }
    exchange.entitlement = owned;
  };
}

/** A magic key stands for the first bundle of whoever uses it. */
async function findBundle(
  key: string,
  username: string,
  { store, config }: Context,
): Promise<OwnedBundle | undefined> {
  const owned = await store.findBundle(key);
  if (owned !== undefined || !config.magicKeys || scenarioOfKey(key) === undefined) return owned;
  const bundles = (await store.findUser(username))?.bundles ?? [];
  const bundle = bundles.find(({ services }) => services.includes(cropperService));
  return bundle && { bundle, username };
}
