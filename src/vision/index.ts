export { nativeGate } from './codec/native-gate.js';
export { cropCard, detectCard } from './crop.js';
export { paintCandidates } from './overlay/overlay.js';
export type * from './types.js';
export { warmUp } from './warm-up.js';
