import type { FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import { cropperService } from '../settings.js';
import type { Context } from './context.js';
import type { CropRequest } from './schemas.js';

/** Row 8 of the contract: is the bundle theirs, and does it have the cropper? */
export function entitle({ store }: Context) {
  return async (request: FastifyRequest): Promise<void> => {
    const { exchange } = request;
    const owned = await store.findBundle((request.body as CropRequest).bundle_key);
    if (owned === undefined) throw vendorError('INVALID_BUNDLE_KEY', 'bundle key unknown');
    if (owned.username !== exchange.token!.username) {
      throw vendorError('INVALID_BUNDLE_KEY', 'bundle key of another account');
    }
    if (!owned.bundle.services.includes(cropperService)) {
      throw vendorError('INVALID_BUNDLE_KEY', `bundle without the service ${cropperService}`);
    }
    exchange.entitlement = owned;
  };
}
