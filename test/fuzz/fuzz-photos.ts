import { bundleKey, cropHeaders, cropperPath } from '../support/simulator.js';
import { send } from '../support/wire.js';
import type { Mutant } from './mutate-photo.js';
import { faultOfAnswer } from './vendor-shape.js';

/** How one photo was answered. */
export interface Outcome extends Mutant {
  readonly status: number;
  readonly ms: number;
  readonly fault: string | undefined;
}

/** The crop of one photo, over HTTP. */
export async function cropMutant(url: string, token: string, mutant: Mutant): Promise<Outcome> {
  const body = JSON.stringify({ bundle_key: bundleKey, img: mutant.bytes.toString('base64') });
  const startedMs = performance.now();
  const answer = await send(url, { path: cropperPath, headers: cropHeaders(token), body });
  const ms = performance.now() - startedMs;
  return {
    ...mutant,
    status: answer.status,
    ms,
    fault: faultOfAnswer({ method: 'POST', path: cropperPath }, answer),
  };
}
