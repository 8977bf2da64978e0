export { type Clock, createClock } from './clock.js';
export { ConfigError, type Options } from './config/config.js';
export { demoAccount } from './config/settings.js';
export { type ErrorName, errorCatalogue } from './errors.js';
export type { JournalEntry, JournalFilter } from './journal/entry.js';
export { drawMagicCard, type MagicCardFormat } from './magic-card/draw.js';
export type { MockAccount } from './mock/account.js';
export type { MockClock } from './mock/clock.js';
export { type ConnectOptions, connectMock } from './mock/connect.js';
export { MockError } from './mock/error.js';
export type { WaitOptions } from './mock/journal.js';
export type { Mock } from './mock/mock.js';
export type { NextOptions, NextStep, ScenarioParameters, ScenarioText } from './mock/scenario-text.js';
export type { MockSettings, SettingChanges, SettingValues } from './mock/settings.js';
export { type StartOptions, startMock } from './mock/start.js';
export type { MockToken } from './mock/token.js';
export { type DrawnScene, drawScene } from './photos/draw-scene.js';
export { type Fixture, type FixtureName, fixture, fixtureNames } from './photos/fixtures.js';
export type { ScenarioName } from './scenarios/catalogue.js';
export { magicKey } from './scenarios/magic-key.js';
export { type SceneRequest, SceneRequestError, sceneRequest } from './scene/request.js';
export { createServer, type Surroundings } from './server.js';
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
