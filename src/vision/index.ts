export { cropCard, detectCard } from './crop.js';
export { sniffImageFormat } from './image-format.js';
export { paintCandidates } from './overlay.js';
export { defaultCropOptions } from './tuning.js';
export type * from './types.js';
export { warmUp } from './warm-up.js';
