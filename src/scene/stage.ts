import type { Random } from '../random.js';
import { signedArea } from '../vision/geometry/plane.js';
import { type Camera, cornersInPhoto, cornersOnDesk, frame, type Placement } from './camera.js';
import { createAcross, createClutter } from './clutter.js';
import { type Design, designs, drawFace } from './designs/index.js';
import { createFingers } from './fingers.js';
import {
  canvasFace,
  type FlatObject,
  flatLayer,
  type Glare,
  roundedBox,
  type Shading,
} from './flat-object.js';
import { createHand } from './hand.js';
import { createLight } from './light.js';
import { reproduce } from './reproduce.js';
import type { SceneSettings } from './request.js';
import type { Layer, Layers } from './row.js';

// From a phone's main camera (about 69° along the longer side) to a moderate zoom.
const focalPerLongSide = [0.75, 1.3] as const;
/** A card is never drawn finer than this, in pixels per millimetre. */
const maxCardScale = 48;

export interface Position {
  readonly camera: Camera;
  /** Where the face lies (or would lie: it may be null). */
  readonly placement: Placement;
  /** Where that part of it lies which the camera is pointed at. */
  readonly focus: Placement;
}

export function takePosition(settings: SceneSettings, random: Random, face: Design | null): Position {
  const { width, height, tilt, tiltAxis, rotation, areaFraction, offset } = settings;
  const focalLength = Math.max(width, height) * random.fork('lens').uniform(...focalPerLongSide);
  // Without a card the view is taken as if one lay there.
  const shown = face ?? designs.national;
  const { width: focusWidth, height: focusHeight } = shown.focus ?? shown;
  const view = { width, height, focalLength, tilt, tiltAxis };
  const { camera, placement: focus } = frame(
    view,
    { width: focusWidth, height: focusHeight, rotation },
    { areaFraction, offset },
    (part) => placeAround(part, shown),
  );
  return { camera, focus, placement: placeAround(focus, shown) };
}

/** Where a face lies of which a part lies at `focus`. */
function placeAround(focus: Placement, { width, height, focus: part }: Design): Placement {
  if (part === undefined) return focus;
  const turn = (focus.rotation * Math.PI) / 180;
  const dx = width / 2 - part.x - part.width / 2;
  const dy = height / 2 - part.y - part.height / 2;
  return {
    x: focus.x + dx * Math.cos(turn) - dy * Math.sin(turn),
    y: focus.y + dx * Math.sin(turn) + dy * Math.cos(turn),
    rotation: focus.rotation,
    width,
    height,
  };
}

/** From the desk upwards: things, the card, fingers, the lamp. */
export function stackLayers(
  settings: SceneSettings,
  random: Random,
  { camera, placement: card, focus }: Position,
  face: Design | null,
): Layers {
  const shading = placeLamp(settings, random.fork('lamp'));
  const scale = Math.sqrt(signedArea(cornersInPhoto(camera, card)) / (card.width * card.height));
  const reach = Math.max(camera.width, camera.height) / scale / 2;
  const surroundings = { reach, card: face === null ? null : card, scale };
  const things = settings.clutter.map((name, i) =>
    createClutter(name, random.fork(`clutter/${i}`), surroundings),
  );
  const above: Layer[] = [];
  const hand =
    settings.hand === 'none' ? null : createHand(random.fork('hand'), focus, settings.hand, shading);
  if (hand !== null) above.push(hand.behind);
  if (face !== null) {
    const object = createCardObject(settings, random.fork('card'), camera, card, face);
    above.push(flatLayer(camera, object, settings.backgroundBlur > 0 ? lifted(shading) : shading));
  }
  settings.across.forEach((name, i) => {
    const object = createAcross(name, random.fork(`across/${i}`), focus, scale);
    above.push(flatLayer(camera, object, shading));
  });
  if (settings.fingers > 0)
    above.push(createFingers(random.fork('fingers'), cornersOnDesk(focus), settings.fingers, shading));
  if (hand !== null) above.push(hand.thumb);
  above.push(createLight(settings, random.fork('light'), camera, card.rotation));
  return { behind: things.map((thing) => flatLayer(camera, thing, shading)), above };
}

/** High above the desk, a shadow is hardly seen. */
function lifted(shading: Shading): Shading {
  return { ...shading, depth: shading.depth * 0.1 };
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
  face: Design,
): FlatObject {
  const { width, height } = placement;
  const canvas = drawFace(face, random.fork('face'), finestScale(camera, placement));
  reproduce(canvas, settings.reproduction, random.fork('reproduction'));
  return {
    placement,
    distance: roundedBox(width, height, face.paper ? 0 : settings.cornerRadius),
    face: canvasFace(canvas),
    // ISO/IEC 7810: 0.76 mm; neither cards nor sheets lie quite flat.
    thickness: (face.paper ? 0.1 : 0.76) + random.uniform(0, 1.2),
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
