import { createRandom, type Random } from '../random.js';
import type { Homography } from '../vision/perspective.js';
import type { Point, Quad, RgbImage } from '../vision/types.js';
import { createBackground } from './backgrounds/index.js';
import {
  type Camera,
  cornersInPhoto,
  cornersOnDesk,
  deskFromPhoto,
  frame,
  type Placement,
  quadArea,
} from './camera.js';
import { createClutter } from './clutter.js';
import type { PaintFunction } from './colour.js';
import { type Design, designs, drawCard } from './designs/index.js';
import { cardBreadth, cardLength } from './designs/types.js';
import { createFingers } from './fingers.js';
import {
  canvasFace,
  type FlatObject,
  flatLayer,
  type Glare,
  roundedBox,
  type Shading,
} from './flat-object.js';
import { defocus, shake } from './lens.js';
import { createLight } from './light.js';
import { decideScene, type SceneOptions, type SceneSettings } from './options.js';
import type { Layer, Row } from './row.js';
import { addNoise, sharpen } from './sensor.js';

/** A photo that was never taken, and the truth about it. */
export interface Scene {
  readonly image: RgbImage;
  /** Where the extended sides of the card meet, clockwise from its own top-left; null without a card. */
  readonly documentCorners: Quad | null;
  /** The same, from the corner that appears top-left. */
  readonly corners: Quad | null;
  /** All that was decided: the same settings give the same scene. */
  readonly settings: SceneSettings;
}

// From a phone's main camera (about 69° along the longer side) to a slight zoom.
const focalPerLongSide = [0.75, 1.1] as const;
/** A card is never drawn finer than this, in pixels per millimetre. */
const maxCardScale = 48;

/** Draws a photo of a fictional card on a desk. The same options give the same pixels. */
export function renderScene(options: SceneOptions = {}): Scene {
  const settings = decideScene(options);
  const random = createRandom(`scene/${settings.seed}`).fork('render');
  const { camera, placement } = takePosition(settings, random);
  const layers = stackLayers(settings, random, camera, placement);
  const image = develop(settings, random, expose(settings, random, camera, layers));
  const documentCorners = settings.design === null ? null : cornersInPhoto(camera, placement);
  const corners = documentCorners === null ? null : startAtTopLeft(documentCorners);
  return { image, documentCorners, corners, settings };
}

function takePosition(settings: SceneSettings, random: Random): { camera: Camera; placement: Placement } {
  const { width, height, tilt, tiltAxis, rotation, areaFraction, offset } = settings;
  const focalLength = Math.max(width, height) * random.fork('lens').uniform(...focalPerLongSide);
  const design: Design | null = settings.design === null ? null : designs[settings.design];
  const upright = design?.format === 'portrait';
  const [cardWidth, cardHeight] = upright ? [cardBreadth, cardLength] : [cardLength, cardBreadth];
  const view = { width, height, focalLength, tilt, tiltAxis };
  return frame(view, { width: cardWidth, height: cardHeight, rotation }, { areaFraction, offset });
}

/** From the desk upwards: things, the card, fingers, the lamp. */
function stackLayers(settings: SceneSettings, random: Random, camera: Camera, card: Placement): Layer[] {
  const shading = placeLamp(settings, random.fork('lamp'));
  const scale = Math.sqrt(quadArea(cornersInPhoto(camera, card)) / (card.width * card.height));
  const reach = Math.max(camera.width, camera.height) / scale / 2;
  const hasCard = settings.design !== null;
  const things = settings.clutter.map((name, i) =>
    createClutter(name, random.fork(`clutter/${i}`), { reach, card: hasCard ? card : null, scale }),
  );
  if (hasCard) things.push(createCardObject(settings, random.fork('card'), camera, card));
  const layers = things.map((thing) => flatLayer(camera, thing, shading));
  if (settings.fingers > 0)
    layers.push(createFingers(random.fork('fingers'), cornersOnDesk(card), settings.fingers, shading));
  layers.push(createLight(settings, random.fork('light'), camera, card.rotation));
  return layers;
}

function placeLamp({ shadowDepth }: SceneSettings, random: Random): Shading {
  const angle = random.uniform(0, 2 * Math.PI);
  return { shadowX: Math.cos(angle), shadowY: Math.sin(angle), depth: shadowDepth };
}

function createCardObject(
  settings: SceneSettings,
  random: Random,
  camera: Camera,
  placement: Placement,
): FlatObject {
  const { width, height } = placement;
  const canvas = drawCard(designs[settings.design!], random.fork('face'), finestScale(camera, placement));
  return {
    placement,
    distance: roundedBox(width, height, settings.cornerRadius),
    face: canvasFace(canvas),
    // ISO/IEC 7810: 0.76 mm; cards seldom lie quite flat.
    thickness: 0.76 + random.uniform(0, 1.2),
    glare: settings.glare > 0 ? placeGlare(settings.glare, random.fork('glare'), placement) : undefined,
  };
}

/** Pixels per millimetre along the side that is nearest to the camera. */
function finestScale(camera: Camera, placement: Placement): number {
  const quad = cornersInPhoto(camera, placement);
  const scales = quad.map(([x, y], i) => {
    const [nextX, nextY] = quad[(i + 1) % 4]!;
    return Math.hypot(nextX - x, nextY - y) / (i % 2 === 0 ? placement.width : placement.height);
  });
  return Math.min(maxCardScale, Math.max(...scales));
}

function placeGlare(strength: number, random: Random, { width, height }: Placement): Glare {
  const streak = random.chance(0.3);
  return {
    x: random.uniform(0.05, 0.95) * width,
    y: random.uniform(0.05, 0.95) * height,
    radiusX: streak ? random.uniform(25, 60) : random.uniform(5, 18),
    radiusY: random.uniform(4, 14),
    strength,
  };
}

/** What falls on the sensor, row by row, before the lens blurs it. */
function expose(
  { width, height, background }: SceneSettings,
  random: Random,
  camera: Camera,
  layers: readonly Layer[],
): RgbImage {
  const map = deskFromPhoto(camera);
  const surface = createBackground(
    background,
    random.fork('background'),
    camera.distance / camera.focalLength,
  );
  const data = new Uint8ClampedArray(width * height * 3);
  const row = {
    y: 0,
    colours: new Float32Array(width * 3),
    deskX: new Float64Array(width),
    deskY: new Float64Array(width),
  };
  for (let y = 0; y < height; y++) {
    row.y = y;
    lookDown(row, map);
    paintSurface(row, surface);
    for (const layer of layers) layer.paintRow(row);
    data.set(row.colours, y * width * 3);
  }
  return { data: new Uint8Array(data.buffer), width, height };
}

function lookDown({ y, deskX, deskY }: Row, map: Homography): void {
  for (let x = 0; x < deskX.length; x++) {
    const w = map[6] * x + map[7] * y + map[8];
    deskX[x] = (map[0] * x + map[1] * y + map[2]) / w;
    deskY[x] = (map[3] * x + map[4] * y + map[5]) / w;
  }
}

function paintSurface({ colours, deskX, deskY }: Row, surface: PaintFunction): void {
  const colour = new Float32Array(3);
  for (let x = 0; x < deskX.length; x++) {
    surface(deskX[x]!, deskY[x]!, colour);
    colours.set(colour, x * 3);
  }
}

/** From the light on the sensor to the picture that the phone writes. */
function develop(settings: SceneSettings, random: Random, exposed: RgbImage): RgbImage {
  const soft = defocus(exposed, settings.blur);
  const moved = shake(soft, settings.shake, random.fork('shake').uniform(0, 180));
  addNoise(moved, settings.noise, random.fork('noise'));
  return sharpen(moved, settings.sharpening);
}

/** The cyclic order whose first side points most to the right, as the top side of an upright picture does. */
export function startAtTopLeft(quad: Quad): Quad {
  const turned = (start: number): Quad => [
    quad[start % 4]!,
    quad[(start + 1) % 4]!,
    quad[(start + 2) % 4]!,
    quad[(start + 3) % 4]!,
  ];
  const rightward = ([topLeft, topRight, bottomRight, bottomLeft]: Quad) =>
    cosine(topLeft, topRight) + cosine(bottomLeft, bottomRight);
  return [0, 1, 2, 3].map(turned).reduce((best, quad) => (rightward(quad) > rightward(best) ? quad : best));
}

function cosine([ax, ay]: Point, [bx, by]: Point): number {
  return (bx - ax) / Math.hypot(bx - ax, by - ay);
}
