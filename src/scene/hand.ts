import type { Random } from '../random.js';
import type { Point } from '../vision/types.js';
import type { Placement } from './camera.js';
import { mixInto, type Rgb, smoothstep, vary } from './colour.js';
import type { Shading } from './flat-object.js';
import { createNoise, type Noise } from './noise.js';
import { blendPixel, type Layer, multiplyPixel, type Row } from './row.js';

export const hands = ['none', 'left', 'right'] as const;
type Side = Exclude<(typeof hands)[number], 'none'>;

/** A ball of flesh; between one and the next the limb goes over from one radius to the other. */
type Ball = readonly [x: number, y: number, radius: number];

interface Limb {
  readonly balls: readonly Ball[];
  /** Has a nail at its last ball. */
  readonly nail: boolean;
  /** Millimetres above what lies below, which is how far its shadow falls. */
  readonly lift: number;
}

// Millimetres from the middle of the card's lower edge, of a left hand; the right one is its mirror image.
const palm: Limb = {
  balls: [
    [-78, 150, 44],
    [-40, 92, 36],
    [-16, 66, 27],
  ],
  nail: false,
  lift: 3,
};
const curledFingers: readonly Limb[] = [
  {
    balls: [
      [-28, 88, 12],
      [4, 66, 9.8],
      [12, 57, 9.6],
      [14, 40, 8],
    ],
    nail: false,
    lift: 3,
  },
  {
    balls: [
      [-24, 66, 12],
      [11, 48, 9.9],
      [19, 39, 9.7],
      [22, 20, 8.4],
    ],
    nail: false,
    lift: 3,
  },
  {
    balls: [
      [-26, 44, 12],
      [6, 26, 9.9],
      [15, 19, 9.8],
      [20, 8, 9],
      [25, -6, 8.4],
    ],
    nail: false,
    lift: 3,
  },
];
const thumb: Limb = {
  balls: [
    [-72, 96, 25],
    [-52, 52, 17.5],
    [-38, 24, 11.5],
    [-28, 3, 9.8],
    [-23, -7, 8.2],
  ],
  nail: true,
  lift: 5,
};

const skins: readonly Rgb[] = [
  [232, 188, 158],
  [214, 164, 130],
  [186, 134, 100],
  [138, 94, 68],
];

interface Skin {
  readonly colour: Rgb;
  readonly noise: Noise;
}

/** A hand that holds the card between its thumb, in front, and curled fingers behind. */
export function createHand(
  random: Random,
  card: Placement,
  side: Side,
  shading: Shading,
): { readonly behind: Layer; readonly thumb: Layer } {
  const skin: Skin = { colour: vary(random.pick(skins), random, 8), noise: createNoise(random.fork('skin')) };
  const place = placing(random, card, side);
  const behind = [palm, ...curledFingers].map((limb) => placed(limb, place));
  return { behind: layerOf(behind, skin, shading), thumb: layerOf([placed(thumb, place)], skin, shading) };
}

/** From the hand's own millimetres to those of the desk; no two hands hold a card alike. */
function placing(random: Random, { x, y, width, height, rotation }: Placement, side: Side) {
  const turn = ((rotation + random.uniform(-4, 4)) * Math.PI) / 180;
  const mirror = side === 'left' ? 1 : -1;
  const size = random.uniform(0.95, 1.08);
  // Of a broad document the hand holds the part on its own side.
  const shift = [-mirror * Math.max(0, width / 2 - 43) + random.uniform(-4, 4), height / 2] as const;
  return ([ballX, ballY, radius]: Ball): Ball => {
    const [dx, dy] = [mirror * ballX * size + shift[0], ballY * size + shift[1]];
    return [
      x + dx * Math.cos(turn) - dy * Math.sin(turn),
      y + dx * Math.sin(turn) + dy * Math.cos(turn),
      radius * size,
    ];
  };
}

const placed = (limb: Limb, place: (ball: Ball) => Ball): Limb => ({ ...limb, balls: limb.balls.map(place) });

function layerOf(limbs: readonly Limb[], skin: Skin, shading: Shading): Layer {
  const colour = new Float32Array(3);
  return {
    paintRow(row) {
      for (const limb of limbs) paintLimb(row, limb, skin, shading, colour);
    },
  };
}

/** Where a point lies on a limb. */
interface Spot {
  /** Millimetres from its outline, negative inside. */
  readonly distance: number;
  readonly radius: number;
  /** Away from its middle line, in parts of the radius there. */
  readonly outX: number;
  readonly outY: number;
}

/** The nearest of the limb's parts: each is the hull of two balls, nearly. */
function spotOf(balls: readonly Ball[], x: number, y: number): Spot {
  let nearest: Spot | undefined;
  for (let i = 0; i + 1 < balls.length; i++) {
    const [ax, ay, from] = balls[i]!;
    const [bx, by, to] = balls[i + 1]!;
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    const radius = from + (to - from) * smoothstep(0, 1, t);
    const [offX, offY] = [x - ax - t * dx, y - ay - t * dy];
    const distance = Math.sqrt(offX * offX + offY * offY) - radius;
    if (nearest === undefined || distance < nearest.distance)
      nearest = { distance, radius, outX: offX / radius, outY: offY / radius };
  }
  return nearest!;
}

function paintLimb(row: Row, limb: Limb, skin: Skin, shading: Shading, colour: Float32Array): void {
  const box = boundsOf(limb);
  for (let x = 0; x < row.deskX.length; x++) {
    const [deskX, deskY] = [row.deskX[x]!, row.deskY[x]!];
    if (deskX < box.left || deskX > box.right || deskY < box.top || deskY > box.bottom) continue;
    const spot = spotOf(limb.balls, deskX, deskY);
    if (spot.distance > -0.5) multiplyPixel(row, x, 1 - shadowAt(limb, deskX, deskY, spot, shading));
    if (spot.distance > 0.3) continue;
    colourFlesh(limb, deskX, deskY, spot, skin, shading, colour);
    blendPixel(row, x, colour, smoothstep(0.3, -0.3, spot.distance));
  }
}

/** A soft shadow where the lamp is hidden, and a narrow one where flesh touches. */
function shadowAt(limb: Limb, x: number, y: number, { distance }: Spot, shading: Shading): number {
  const { shadowX, shadowY, depth } = shading;
  const cast = spotOf(limb.balls, x - shadowX * limb.lift, y - shadowY * limb.lift).distance;
  return depth * Math.max(0.85 * smoothstep(limb.lift, -limb.lift, cast), 0.6 * smoothstep(2.2, 0, distance));
}

const flush: Rgb = [206, 104, 90];
const nailColour: Rgb = [242, 202, 190];

function colourFlesh(
  limb: Limb,
  x: number,
  y: number,
  { radius, outX, outY }: Spot,
  { colour: skin, noise }: Skin,
  shading: Shading,
  colour: Float32Array,
): void {
  const [tipX, tipY, tipRadius] = limb.balls.at(-1)!;
  const fromTip = Math.hypot(x - tipX, y - tipY);
  const out = Math.min(1, outX * outX + outY * outY);
  const facing = -(outX * shading.shadowX + outY * shading.shadowY);
  const round = Math.sqrt(1 - out);
  const pores = 0.07 * (noise(x * 1.3, y * 1.3) - 0.5) + 0.05 * (noise(x * 5, y * 5) - 0.5);
  const light = 0.58 + 0.4 * round + 0.2 * facing - creaseAt(limb, x, y) + pores;
  mixInto(colour, skin, flush, 0.1 + 0.22 * smoothstep(3 * tipRadius, 0, fromTip) + 0.15 * out * out);
  if (limb.nail) addNail(limb, x, y, colour);
  // Light that went through flesh comes out red: the side away from the lamp is never grey.
  colour[0]! *= Math.min(1.08, light + 0.05);
  colour[1]! *= light;
  colour[2]! *= light - 0.01 * radius * out * 0.1;
}

/** Folds of the skin across a joint. */
function creaseAt({ balls, nail }: Limb, x: number, y: number): number {
  if (!nail) return 0;
  const [joint, next] = [balls.at(-2)!, balls.at(-1)!];
  const length = Math.hypot(next[0] - joint[0], next[1] - joint[1]);
  const along = ((x - joint[0]) * (next[0] - joint[0]) + (y - joint[1]) * (next[1] - joint[1])) / length;
  const fold = (at: number, width: number) => Math.exp(-(((along - at) / width) ** 2));
  return 0.09 * fold(-4.5, 0.45) + 0.07 * fold(-2.6, 0.35) + 0.05 * fold(-6.2, 0.4);
}

function addNail({ balls }: Limb, x: number, y: number, colour: Float32Array): void {
  const [joint, tip] = [balls.at(-2)!, balls.at(-1)!];
  const length = Math.hypot(tip[0] - joint[0], tip[1] - joint[1]);
  const way: Point = [(tip[0] - joint[0]) / length, (tip[1] - joint[1]) / length];
  const radius = tip[2];
  const along = (x - tip[0]) * way[0] + (y - tip[1]) * way[1] - radius * 0.05;
  const across = (y - tip[1]) * way[0] - (x - tip[0]) * way[1];
  const shape = (Math.abs(along) / (radius * 0.86)) ** 2.6 + (Math.abs(across) / (radius * 0.66)) ** 2.6;
  const inside = smoothstep(1.05, 0.92, shape);
  const edge = smoothstep(1.35, 1, shape) * (1 - inside);
  const gleam = Math.exp(-(((across / radius + 0.25) / 0.14) ** 2)) * smoothstep(1, 0.4, shape);
  for (let channel = 0; channel < 3; channel++) {
    colour[channel]! += (nailColour[channel]! - colour[channel]!) * 0.55 * inside;
    colour[channel]! *= 1 - 0.14 * edge;
    colour[channel]! += (255 - colour[channel]!) * 0.35 * gleam * inside;
  }
  const moon = smoothstep(0.35, 0.2, Math.hypot(along / radius + 0.75, across / radius / 1.4));
  for (let channel = 0; channel < 3; channel++)
    colour[channel]! += (248 - colour[channel]!) * 0.25 * moon * inside;
}

function boundsOf({ balls, lift }: Limb) {
  const reach = 2 * lift + 3;
  return {
    left: Math.min(...balls.map(([x, , radius]) => x - radius)) - reach,
    right: Math.max(...balls.map(([x, , radius]) => x + radius)) + reach,
    top: Math.min(...balls.map(([, y, radius]) => y - radius)) - reach,
    bottom: Math.max(...balls.map(([, y, radius]) => y + radius)) + reach,
  };
}
