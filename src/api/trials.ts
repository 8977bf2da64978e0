import type { FastifyRequest } from 'fastify';
import { cropperService } from '../config/settings.js';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';

/** Row 11 of the contract: spends one trial. What spends none gives it back (`returnTrial`). */
export function spendTrial(context: Context) {
  return async ({ exchange }: FastifyRequest): Promise<void> => {
    const { trials } = exchange.entitlement!.bundle;
    exchange.trial = await context.store.takeTrial(exchange.token!.accessToken, cropperService, trials);
    if (!exchange.trial.taken) throw vendorError(exhaustedRow(context), `no trials left of ${trials}`);
  };
}

/** As if none had been left; nothing is spent. */
export async function refuseTrial(context: Context, { exchange }: FastifyRequest): Promise<never> {
  const { accessToken } = exchange.token!;
  if (exchange.trial === undefined) {
    exchange.trial = await context.store.takeTrial(accessToken, cropperService, 0);
    if (exchange.trial.taken) await context.store.returnTrial(accessToken, cropperService);
  }
  exchange.trial = { ...exchange.trial, taken: false, remaining: 0 };
  throw vendorError(exhaustedRow(context), 'a scenario asks for it');
}

const exhaustedRow = ({ config }: Context) =>
  config.trialsExhaustedCode === undefined ? 'TRIALS_EXHAUSTED' : 'TRIALS_EXHAUSTED_CODED';

export async function returnTrial({ store }: Context, { exchange }: FastifyRequest): Promise<void> {
  await store.returnTrial(exchange.token!.accessToken, cropperService);
  const { trial } = exchange;
  if (trial?.taken) exchange.trial = { ...trial, taken: false, remaining: trial.remaining + 1 };
}

/** A string on the cropper's page of the documentation, an integer on most others. */
export function trialsRemaining({ config }: Context, remaining: number): string | number {
  return config.trialsRemainingType === 'string' ? String(remaining) : remaining;
}
