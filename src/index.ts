export { type Clock, createClock } from './clock.js';
export { ConfigError, type Options } from './config.js';
export { type DrawnScene, drawScene } from './draw-scene.js';
export { type ErrorName, errorCatalogue } from './errors.js';
export { type Fixture, type FixtureName, fixture, fixtureNames } from './fixtures.js';
export { drawMagicCard, type MagicCardFormat } from './magic-card/draw.js';
export { type SceneRequest, SceneRequestError, sceneRequest } from './scene/request.js';
export { createServer, type Surroundings } from './server.js';
export { demoAccount } from './settings.js';
export {
  type CropOptions,
  type CropResult,
  cropCard,
  type DetectResult,
  detectCard,
  type PhotoFault,
  type Point,
  type Quad,
} from './vision/index.js';
