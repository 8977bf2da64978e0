import { Network } from './network.js';
import { networkWeights } from './network-weights.js';

let loaded: Network | undefined;

/** The network that finds documents, one for each thread, decoded on first use: about 20 ms once. */
export function documentNetwork(): Network {
  loaded ??= Network.parse(networkWeights);
  return loaded;
}
