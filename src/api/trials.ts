import { cropperService } from '../config/settings.js';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import type { Exchange } from '../exchange/exchange.js';
import type { AccessToken, Trial } from '../state/store.js';

/**
 * Station 9 of docs/architecture.md: spends one trial. `crop.ts` gives it back (`returnTrial`) where the
 * answer is one that spends none, by `spendsTrial` of `errors.ts`.
 */
export async function spendTrial(
  context: Context,
  exchange: Exchange,
  { accessToken }: AccessToken,
  limit: number,
): Promise<Trial> {
  const trial = await context.store.takeTrial(accessToken, cropperService, limit);
  exchange.trial = trial;
  if (!trial.taken) throw vendorError(exhaustedRow(context), `no trials left of ${limit}; get a new token`);
  return trial;
}

/** As if none had been left; nothing is spent. */
export async function pretendExhausted(
  context: Context,
  exchange: Exchange,
  token: AccessToken | undefined,
): Promise<never> {
  const trial = exchange.trial ?? (token && (await nameTransaction(context, token)));
  if (trial !== undefined) exchange.trial = { ...trial, taken: false, remaining: 0 };
  throw vendorError(exhaustedRow(context), 'a scenario asks for it');
}

/** What is refused has a transaction too. */
async function nameTransaction({ store }: Context, { accessToken }: AccessToken): Promise<Trial> {
  const trial = await store.takeTrial(accessToken, cropperService, 0);
  if (trial.taken) await store.returnTrial(accessToken, cropperService, trial.hold);
  return trial;
}

const exhaustedRow = ({ config }: Context) =>
  config.trialsExhaustedCode === undefined ? 'TRIALS_EXHAUSTED' : 'TRIALS_EXHAUSTED_CODED';

/** @throws {VendorError} when the trial came back by itself, as the store took its holder for dead */
export async function keepTrial(
  { store }: Context,
  { accessToken }: AccessToken,
  { hold }: Trial,
): Promise<void> {
  if (await store.keepTrial(accessToken, cropperService, hold)) return;
  throw vendorError('SERVICE_UNAVAILABLE', 'the crop took longer than its trial was held');
}

export async function returnTrial(
  { store }: Context,
  exchange: Exchange,
  { accessToken }: AccessToken,
  { hold }: Trial,
): Promise<void> {
  await store.returnTrial(accessToken, cropperService, hold);
  const { trial } = exchange;
  if (trial?.taken) exchange.trial = { ...trial, taken: false, remaining: trial.remaining + 1 };
}

/** A string on the cropper's page of the documentation, an integer on most others. */
export function trialsRemaining({ config }: Context, remaining: number): string | number {
  return config.trialsRemainingType === 'string' ? String(remaining) : remaining;
}
