import type { Identifiers } from '../identifiers.js';
import type { Store } from '../store.js';
import { accountMethods } from './accounts.js';
import type { Run } from './connection.js';
import { queueMethods } from './queue.js';
import { tokenMethods } from './tokens.js';
import { type Trials, trialMethods } from './trials.js';
import { wholeMethods } from './whole.js';

/** Everything on a server that replicas share. Each method is one script: nobody comes in between. */
export const createRedisStore = (
  run: Run,
  identifiers: () => Identifiers,
  leaseMs: () => number,
): Store & Pick<Trials, 'repay'> => ({
  ...accountMethods(run),
  ...tokenMethods(run, identifiers),
  ...trialMethods(run, identifiers, leaseMs),
  ...queueMethods(run),
  ...wholeMethods(run),
});
