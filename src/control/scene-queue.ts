import { EventEmitter } from 'node:events';
import type { FastifyReply } from 'fastify';
import type { DrawnScene } from '../photos/draw-scene.js';
import { openScenePool } from '../photos/scene-pool.js';
import type { SceneRequest } from '../scene/request.js';
import { ControlProblem } from './problem.js';

/** 13 bytes of memory and half a microsecond each: 220 MB and 8 s. Phones' 12 MP fit; the command `scene` draws larger ones. */
export const mostPixels = 4096 ** 2;
/** Being drawn or waiting. A file of tests asks for a few at once; each is small. */
export const mostScenes = 32;
/** Half a minute of work: longer than that, few clients wait. */
const mostPixelsAtOnce = 4 * mostPixels;
const pixelsPerSecond = 2_000_000;

export interface SceneQueue {
  /**
   * One after the other, in a thread. A client that goes away takes its scene with it, begun or not.
   * @param pixels of the scene
   * @throws {ControlProblem} 503 where too many wait
   */
  draw(request: SceneRequest, pixels: number, reply: FastifyReply): Promise<DrawnScene>;
  close(): Promise<void>;
}

export function openSceneQueue(): SceneQueue {
  let pool: ReturnType<typeof openScenePool> | undefined;
  let scenes = 0;
  let pixelsAtOnce = 0;

  async function draw(request: SceneRequest, pixels: number, reply: FastifyReply): Promise<DrawnScene> {
    if (reply.raw.destroyed) throw gone();
    if (scenes >= mostScenes || pixelsAtOnce + pixels > mostPixelsAtOnce) {
      reply.header('retry-after', Math.ceil(pixelsAtOnce / pixelsPerSecond));
      throw full(scenes, pixelsAtOnce);
    }
    pool ??= openScenePool();
    scenes += 1;
    pixelsAtOnce += pixels;
    try {
      return await pool.run(request, { signal: abortOnClose(reply) });
    } catch (error) {
      throw reply.raw.destroyed ? gone() : error;
    } finally {
      scenes -= 1;
      pixelsAtOnce -= pixels;
    }
  }

  return { draw, close: async () => pool?.destroy() };
}

/** No AbortSignal, for the reason in `exchange/closing.ts`; Piscina takes this as well. */
function abortOnClose({ raw }: FastifyReply): EventEmitter {
  const signal = new EventEmitter();
  raw.once('close', () => signal.emit('abort'));
  return signal;
}

/** Nobody reads it. */
const gone = () => new ControlProblem(408, 'the client went away before its scene was drawn');

const full = (scenes: number, pixels: number) =>
  new ControlProblem(
    503,
    `${scenes} scenes of ${pixels} pixels wait to be drawn; at most ${mostScenes} and ${mostPixelsAtOnce} may: ask again later`,
  );
