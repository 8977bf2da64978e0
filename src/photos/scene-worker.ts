import { drawScene } from './draw-scene.js';

/** One test photo in this thread. Piscina's entry. */
export default drawScene;
