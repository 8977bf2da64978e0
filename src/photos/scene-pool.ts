import { URL } from 'node:url';
import { Piscina } from 'piscina';
import type { SceneRequest } from '../scene/request.js';
import type { DrawnScene } from './draw-scene.js';

/** One thread that draws, while there is something to draw: half a second of work per megapixel would hold up every request. */
export const openScenePool = () =>
  new Piscina<SceneRequest, DrawnScene>({
    // Beside this file, as it is in the bundle too.
    filename: new URL('./scene-worker.js', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 10_000,
    execArgv: [],
    niceIncrement: 5,
  });
