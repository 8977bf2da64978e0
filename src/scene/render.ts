import { createRandom } from '../random.js';
import { orderCorners } from '../vision/geometry/plane.js';
import type { Quad, RgbImage } from '../vision/types.js';
import { cornersInPhoto, type Placement } from './camera.js';
import { type Design, designs } from './designs/index.js';
import { develop, expose } from './exposure.js';
import { decideScene } from './options.js';
import type { SceneOptions, SceneSettings } from './request.js';
import { stackLayers, takePosition } from './stage.js';

/** A photo that was never taken, and the truth about it. */
export interface Scene {
  readonly image: RgbImage;
  readonly card: SceneCard | null;
  /** All that was decided: the same settings give the same scene. */
  readonly settings: SceneSettings;
}

/** Pixels of `image`, pixel centres at integers; corners lie where the extended sides meet, be they rounded or not. */
export interface SceneCard {
  /** Clockwise from the corner that appears top-left. */
  readonly corners: Quad;
  /** Clockwise from the top-left of the card as it is read. */
  readonly documentCorners: Quad;
  /** The card's size in millimetres along the first and the second side of `corners`. */
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a photo of a fictional card on a desk. The same options give the same pixels.
 *
 * @param options what is left out is drawn by chance from `seed`
 * @param face a card of one's own instead of the named design
 * @example renderScene({ seed: 7, level: 'hard', width: 1600, height: 1200 }).card?.corners
 */
export function renderScene(options: SceneOptions = {}, face?: Design): Scene {
  const settings = decideScene(options);
  const design = face ?? (settings.design === null ? null : designs[settings.design]);
  const random = createRandom(`scene/${settings.seed}`).fork('render');
  const { camera, placement } = takePosition(settings, random, design);
  const layers = stackLayers(settings, random, camera, placement, design);
  const image = develop(settings, random, expose(settings, random, camera, layers));
  return { image, card: design && describe(cornersInPhoto(camera, placement), placement), settings };
}

function describe(documentCorners: Quad, { width, height }: Placement): SceneCard {
  const corners = orderCorners(documentCorners);
  const asRead = documentCorners.indexOf(corners[0]) % 2 === 0;
  return asRead
    ? { corners, documentCorners, width, height }
    : { corners, documentCorners, width: height, height: width };
}
