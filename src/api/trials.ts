import type { FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import { cropperService } from '../settings.js';
import type { Context } from './context.js';

/** Row 11 of the contract: spends one trial. What spends none gives it back (`returnTrial`). */
export function spendTrial({ store, config }: Context) {
  const exhausted = config.trialsExhaustedCode === undefined ? 'TRIALS_EXHAUSTED' : 'TRIALS_EXHAUSTED_CODED';
  return async ({ exchange }: FastifyRequest): Promise<void> => {
    const { trials } = exchange.entitlement!.bundle;
    exchange.trial = await store.takeTrial(exchange.token!.accessToken, cropperService, trials);
    if (!exchange.trial.taken) throw vendorError(exhausted, `no trials left of ${trials}`);
  };
}

export async function returnTrial({ store }: Context, { exchange }: FastifyRequest): Promise<void> {
  await store.returnTrial(exchange.token!.accessToken, cropperService);
}

/** A string on the cropper's page of the documentation, an integer on most others. */
export function trialsRemaining({ config }: Context, remaining: number): string | number {
  return config.trialsRemainingType === 'string' ? String(remaining) : remaining;
}
