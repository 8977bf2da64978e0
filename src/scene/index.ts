export { type BackgroundName, backgroundNames } from './backgrounds/index.js';
export { type ClutterName, clutterNames } from './clutter.js';
export { type DesignName, designNames } from './designs/index.js';
export { encodePhoto, type PhotoEncoding } from './encode.js';
export { decideScene, type Level, levels, type SceneOptions, type SceneSettings } from './options.js';
export { renderScene, type Scene } from './render.js';
