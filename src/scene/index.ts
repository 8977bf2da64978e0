export { type BackgroundName, backgroundNames } from './backgrounds/index.js';
export { type ClutterName, clutterNames } from './clutter.js';
export { type CodeCard, createCodeCard } from './designs/code-card.js';
export { cardNames, type Design, type DesignName, sheetNames } from './designs/index.js';
export { encodePhoto, type PhotoEncoding } from './encode.js';
export { flattenCard } from './flatten.js';
export { decideScene, type Level, levels, type SceneOptions, type SceneSettings } from './options.js';
export { renderScene, type Scene, type SceneCard } from './render.js';
