import type { Random } from '../random.js';
import type { Point, RgbImage } from '../vision/types.js';
import type { Ground } from './capture.js';
import { hsl, type Rgb, smoothstep, vary } from './colour.js';
import { type Design, drawFace } from './designs/index.js';
import { canvasFace, roundedBox } from './flat-object.js';
import { createLight } from './light.js';
import { reproduce } from './reproduce.js';
import type { SceneSettings } from './request.js';
import { createRow } from './row.js';

/** How a face lies in the frame of a scan: turned, broadened, and as large as the margins allow. */
export interface Fit {
  /** Pixels per millimetre. */
  readonly scale: number;
  /** The face's axes in the frame, in pixels per millimetre. */
  readonly along: Point;
  readonly down: Point;
}

type ScanFrame = Pick<SceneSettings, 'width' | 'height' | 'rotation' | 'stretch' | 'margin'>;

/** Millimetres of the upright box around a turned and broadened face. */
export function turnedBox(
  face: Design,
  rotation: number,
  stretch: number,
): { width: number; height: number } {
  const [cos, sin] = [Math.abs(cosine(rotation)), Math.abs(sine(rotation))];
  return {
    width: face.width * stretch * cos + face.height * sin,
    height: face.width * stretch * sin + face.height * cos,
  };
}

export function fitInFrame(frame: ScanFrame, face: Design): Fit {
  const box = turnedBox(face, frame.rotation, frame.stretch);
  const free = 2 * frame.margin * Math.min(frame.width, frame.height);
  const scale = Math.min((frame.width - free) / box.width, (frame.height - free) / box.height);
  const [cos, sin] = [cosine(frame.rotation), sine(frame.rotation)];
  return {
    scale,
    along: [scale * frame.stretch * cos, scale * frame.stretch * sin],
    down: [-scale * sin, scale * cos],
  };
}

/** Exact for the quarter turns, which most scans have. */
const cosine = (degrees: number) => (degrees % 180 === 90 ? 0 : Math.cos((degrees * Math.PI) / 180));
const sine = (degrees: number) => (degrees % 180 === 0 ? 0 : Math.sin((degrees * Math.PI) / 180));

const grounds: Readonly<Record<Ground, (random: Random) => Rgb>> = {
  white: (random) => vary([250, 250, 249], random, 6),
  grey: (random) => vary([150, 150, 150], random, 80),
  black: (random) => vary([12, 12, 12], random, 12),
  colour: (random) => hsl(random.uniform(0, 360), random.uniform(0.1, 0.7), random.uniform(0.2, 0.8)),
};

export interface Scan {
  readonly image: RgbImage;
  /** Takes a point of the face, in millimetres, to the picture's pixels. */
  readonly place: (point: Point) => Point;
}

/** The face seen flat, as a scanner sees it or a program has cropped it. */
export function scan(settings: SceneSettings, random: Random, face: Design): Scan {
  const { width, height } = settings;
  const { scale, along, down } = fitInFrame(settings, face);
  const middle: Point = [(width - 1) / 2, (height - 1) / 2];
  const place = ([x, y]: Point): Point => [
    middle[0] + along[0] * (x - face.width / 2) + down[0] * (y - face.height / 2),
    middle[1] + along[1] * (x - face.width / 2) + down[1] * (y - face.height / 2),
  ];
  const canvas = drawFace(face, random.fork('face'), Math.max(scale, scale * settings.stretch));
  reproduce(canvas, settings.reproduction, random.fork('reproduction'));
  const sample = canvasFace(canvas);
  const ground = grounds[settings.ground](random.fork('ground'));
  const distance = roundedBox(face.width, face.height, face.paper ? 0 : settings.cornerRadius);
  const shade = random.fork('lamp');
  const shift: Point = [shade.uniform(-0.5, 0.5), shade.uniform(0.1, 0.7)];
  const light = createLight(
    settings,
    random.fork('light'),
    { width, height, focalLength: 1, distance: 1, tilt: 0, tiltAxis: 0 },
    0,
  );
  const data = new Uint8ClampedArray(width * height * 3);
  const row = createRow(width);
  const colour = new Float32Array(3);
  const determinant = along[0] * down[1] - along[1] * down[0];
  for (let y = 0; y < height; y++) {
    row.y = y;
    for (let x = 0; x < width; x++) paintPixel(x, y);
    light.paintRow(row);
    data.set(row.colours, y * width * 3);
  }
  return { image: { data: new Uint8Array(data.buffer), width, height }, place };

  function paintPixel(x: number, y: number): void {
    const [dx, dy] = [x - middle[0], y - middle[1]];
    const u = (dx * down[1] - dy * down[0]) / determinant + face.width / 2;
    const v = (dy * along[0] - dx * along[1]) / determinant + face.height / 2;
    const d = distance(u, v);
    const coverage = Math.min(1, Math.max(0, 0.5 - d * scale));
    const dark =
      coverage === 1
        ? 1
        : 1 - settings.shadowDepth * smoothstep(1.2, -0.4, distance(u - shift[0], v - shift[1]));
    if (coverage > 0) sample(u, v, colour);
    for (let channel = 0; channel < 3; channel++) {
      const beside = ground[channel]! * dark;
      row.colours[x * 3 + channel] = beside + (coverage === 0 ? 0 : (colour[channel]! - beside) * coverage);
    }
  }
}

/** A document that is cut ends where the picture does. */
export function cutToFrame([x, y]: Point, { width, height }: { width: number; height: number }): Point {
  return [Math.min(width - 0.5, Math.max(-0.5, x)), Math.min(height - 0.5, Math.max(-0.5, y))];
}
