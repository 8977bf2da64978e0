import { cropperService } from '../config/settings.js';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { hintOfKey, scenarioOfKey } from '../scenarios/magic-key.js';
import type { AccessToken, Bundle, OwnedBundle } from '../state/store.js';
import { slipOf } from './slip.js';

/**
 * Station 7 of docs/architecture.md: is the bundle theirs, and does it have the cropper? If not, 401. A bad token is a 403, in
 * `authenticate.ts`.
 */
export async function entitle(context: Context, { username }: AccessToken, key: string): Promise<Bundle> {
  const owned = await findBundle(key, username, context);
  if (owned === undefined) throw vendorError('INVALID_BUNDLE_KEY', await faultOf(key, username, context));
  if (owned.username !== username) {
    throw vendorError('INVALID_BUNDLE_KEY', 'bundle key of another account');
  }
  if (!owned.bundle.services.includes(cropperService)) {
    throw vendorError('INVALID_BUNDLE_KEY', `bundle without the service ${cropperService}`);
  }
  return owned.bundle;
}

async function faultOf(key: string, username: string, { config, store }: Context): Promise<string> {
  const slip = await slipOf(key, async (it) => (await store.findBundle(it)) !== undefined);
  if (slip !== undefined) return `bundle key unknown: ${slip}`;
  if (scenarioOfKey(key) === undefined) {
    const hint = hintOfKey(key);
    return hint === undefined ? 'bundle key unknown' : `bundle key unknown; it ${hint}`;
  }
  if (!config.magicKeys) return 'bundle key unknown; magic keys are off (the setting magic-keys)';
  return `bundle key magic, but ${username} has no bundle with the service ${cropperService}`;
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
