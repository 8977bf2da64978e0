import type { Random } from '../random.js';
import type { Point, Quad } from '../vision/types.js';
import { mixInto, type Rgb, smoothstep, vary } from './colour.js';
import type { Shading } from './flat-object.js';
import { createNoise, type Noise } from './noise.js';
import { blendPixel, type Layer, multiplyPixel, type Row } from './row.js';

const skins: readonly Rgb[] = [
  [236, 194, 166],
  [222, 172, 138],
  [190, 136, 100],
  [134, 90, 64],
  [92, 62, 48],
];

interface Finger {
  readonly tip: Point;
  /** Unit vector from the tip towards the hand. */
  readonly direction: Point;
  readonly radius: number;
  readonly nail: boolean;
}

/** Fingers that hold the card by a side: they come from outside and reach a little over it. */
export function createFingers(random: Random, card: Quad, count: number, shading: Shading): Layer {
  const skin = vary(random.pick(skins), random, 12);
  const noise = createNoise(random.fork('skin'));
  const side = random.int(0, 3);
  const start = random.uniform(0.15, 0.5);
  const fingers = Array.from({ length: count }, (_, i) => {
    // The thumb, or another hand, takes the opposite side; neighbours keep a finger's breadth apart.
    const at = i === 0 || random.chance(0.6) ? side : (side + 2) % 4;
    return placeFinger(random.fork(i), card, at, start + i * 0.22);
  });
  const colour = new Float32Array(3);
  return {
    paintRow(row) {
      for (const finger of fingers) paintFinger(row, finger, skin, noise, shading, colour);
    },
  };
}

function placeFinger(random: Random, card: Quad, side: number, t: number): Finger {
  const from = card[side] as Point;
  const to = card[(side + 1) % 4] as Point;
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const outward: Point = [(to[1] - from[1]) / length, -(to[0] - from[0]) / length];
  const lean = random.uniform(-0.25, 0.25);
  const direction: Point = [
    outward[0] * Math.cos(lean) - outward[1] * Math.sin(lean),
    outward[0] * Math.sin(lean) + outward[1] * Math.cos(lean),
  ];
  const depth = random.uniform(1, 13);
  const tip: Point = [
    from[0] + (to[0] - from[0]) * t - outward[0] * depth,
    from[1] + (to[1] - from[1]) * t - outward[1] * depth,
  ];
  return { tip, direction, radius: random.uniform(6.5, 10), nail: random.chance(0.7) };
}

/** Millimetres beyond which a finger throws no shadow. */
const far = 60;

/** Distance from the finger's outline; it widens a little towards the hand. */
function distanceTo(finger: Finger, x: number, y: number): number {
  const { along, across } = alongAndAcross(finger, x, y);
  // Most of the photo is far away, where the exact distance does not matter.
  if (Math.abs(across) > far || along < -far) return far;
  // A fingertip is blunter than a half circle.
  if (along < 0)
    return (Math.abs(along * 1.15) ** 2.3 + Math.abs(across) ** 2.3) ** (1 / 2.3) - finger.radius;
  return Math.abs(across) - radiusAt(finger, along);
}

function alongAndAcross({ tip, direction, radius }: Finger, x: number, y: number) {
  const dx = x - tip[0] - direction[0] * radius;
  const dy = y - tip[1] - direction[1] * radius;
  return { along: dx * direction[0] + dy * direction[1], across: dy * direction[0] - dx * direction[1] };
}

function radiusAt(finger: Finger, along: number): number {
  const knuckle = 0.6 * Math.exp(-(((along - 24) / 7) ** 2));
  return finger.radius + 0.03 * along + knuckle;
}

function paintFinger(
  row: Row,
  finger: Finger,
  skin: Rgb,
  noise: Noise,
  shading: Shading,
  colour: Float32Array,
): void {
  const lift = finger.radius * 0.7;
  for (let x = 0; x < row.deskX.length; x++) {
    const deskX = row.deskX[x]!;
    const deskY = row.deskY[x]!;
    const d = distanceTo(finger, deskX, deskY);
    if (d > 2 * lift) continue;
    if (d > -0.5) {
      const shadow = distanceTo(finger, deskX - shading.shadowX * lift, deskY - shading.shadowY * lift);
      const cast = smoothstep(3, -3, shadow);
      multiplyPixel(row, x, 1 - shading.depth * Math.max(cast, 0.5 * smoothstep(2, 0, d)));
    }
    if (d > 0.25) continue;
    colourSkin(finger, deskX, deskY, skin, noise, shading, colour);
    blendPixel(row, x, colour, smoothstep(0.25, -0.25, d));
  }
}

const flush: Rgb = [214, 110, 96];
const nailColour: Rgb = [244, 206, 196];

function colourSkin(
  finger: Finger,
  x: number,
  y: number,
  skin: Rgb,
  noise: Noise,
  shading: Shading,
  colour: Float32Array,
): void {
  const { along, across } = alongAndAcross(finger, x, y);
  const radius = along < 0 ? finger.radius : radiusAt(finger, along);
  const t = along < 0 ? Math.hypot(along, across) / radius : across / radius;
  // A cylinder lit from the side that throws no shadow.
  const sideX = -finger.direction[1];
  const sideY = finger.direction[0];
  const facing = -(sideX * shading.shadowX + sideY * shading.shadowY) * (across / radius);
  const round = Math.sqrt(Math.max(0, 1 - t * t));
  const crease =
    0.16 * Math.exp(-(((along - 22) / 0.5) ** 2)) + 0.12 * Math.exp(-(((along - 24.5) / 0.4) ** 2));
  const light = 0.6 + 0.42 * round + 0.18 * facing - crease + 0.08 * (noise(x * 1.7, y * 1.7) - 0.5);
  mixInto(colour, skin, flush, 0.2 * smoothstep(6, -8, along));
  if (finger.nail) {
    const nail =
      ((along + finger.radius * 0.1) / (finger.radius * 0.75)) ** 2 + (across / (finger.radius * 0.62)) ** 2;
    mixInto(colour, skin, nailColour, 0.65 * smoothstep(1.05, 0.92, nail));
  }
  for (let channel = 0; channel < 3; channel++) colour[channel]! *= light;
}
