import { createRandom, type Random } from '../random.js';
import { homography, project } from '../vision/geometry/perspective.js';
import { mapQuad, orderCorners } from '../vision/geometry/plane.js';
import type { Point, Quad, RgbImage } from '../vision/types.js';
import { cornersInPhoto } from './camera.js';
import { boxQuad, type Design } from './designs/index.js';
import { develop, expose } from './exposure.js';
import { decideScene, planFace } from './options.js';
import type { SceneOptions, SceneSettings } from './request.js';
import { cutToFrame, scan } from './scan.js';
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
  const settings = decideScene(options, face);
  const design = face ?? planFace(settings);
  const random = createRandom(`scene/${settings.seed}`).fork('render');
  const { image, card } =
    settings.capture === 'scan' && design !== null
      ? takeScan(settings, random, design)
      : takePhoto(settings, random, design);
  return { image: develop(settings, random, image), card, settings };
}

interface Take {
  readonly image: RgbImage;
  readonly card: SceneCard | null;
}

function takePhoto(settings: SceneSettings, random: Random, design: Design | null): Take {
  const position = takePosition(settings, random, design);
  const { camera, placement } = position;
  const layers = stackLayers(settings, random, position, design);
  const image = expose(settings, random, camera, layers);
  if (design === null) return { image, card: null };
  const quad = cornersInPhoto(camera, placement);
  if (design.document === undefined) return { image, card: describe(quad, placement) };
  const map = homography(boxQuad({ x: 0, y: 0, ...sizeOf(design) }), quad)!;
  return { image, card: describePart(design, (point) => project(map, point)) };
}

function takeScan(settings: SceneSettings, random: Random, design: Design): Take {
  const { image, place } = scan(settings, random, design);
  return { image, card: describePart(design, (point) => cutToFrame(place(point), image)) };
}

const sizeOf = ({ width, height }: Design) => ({ width, height });

/** The document of a face of which it is a part; `place` takes the face's millimetres to the picture's pixels. */
function describePart(design: Design, place: (point: Point) => Point): SceneCard | null {
  const { document = boxQuad({ x: 0, y: 0, ...sizeOf(design) }) } = design;
  if (document === null) return null;
  const side = (from: Point, to: Point) => Math.hypot(to[0] - from[0], to[1] - from[1]);
  const size = { width: side(document[0], document[1]), height: side(document[1], document[2]) };
  return describe(mapQuad(document, place), size);
}

function describe(documentCorners: Quad, { width, height }: { width: number; height: number }): SceneCard {
  const corners = orderCorners(documentCorners);
  const asRead = documentCorners.indexOf(corners[0]) % 2 === 0;
  return asRead
    ? { corners, documentCorners, width, height }
    : { corners, documentCorners, width: height, height: width };
}
