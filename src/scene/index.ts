export { backgroundNames } from './backgrounds/index.js';
export { clutterNames } from './clutter.js';
export { createCodeCard } from './designs/code-card.js';
export {
  arabicNames,
  cardNames,
  type Design,
  designNames,
  drawFace,
  pictureNames,
  sheetNames,
  thingNames,
} from './designs/index.js';
export { encodePhoto, type PhotoEncoding } from './encode.js';
export { flattenCard } from './flatten.js';
export { decideScene } from './options.js';
export { renderScene, type Scene, type SceneCard } from './render.js';
export { type Level, levels, type SceneOptions } from './request.js';
