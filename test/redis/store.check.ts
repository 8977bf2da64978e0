import { t as all } from 'tap';
import { storeSuite } from '../state/store-suite.js';
import { startRedis } from '../support/redis.js';
import { openSharedState } from '../support/shared-state.js';

const redis = await startRedis(all);
let simulations = 0;

storeSuite('Redis', async (t, seed) => {
  simulations += 1;
  const state = await openSharedState(`${redis.url}?prefix=suite-${simulations}`, { seed });
  t.teardown(() => state.close());
  return state.store;
});
