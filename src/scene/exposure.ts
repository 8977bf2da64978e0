import type { Random } from '../random.js';
import type { Homography } from '../vision/geometry/perspective.js';
import type { RgbImage } from '../vision/types.js';
import { createBackground } from './backgrounds/index.js';
import { type Camera, deskFromPhoto } from './camera.js';
import type { PaintFunction } from './colour.js';
import { defocus, shake } from './lens.js';
import type { SceneSettings } from './request.js';
import { createRow, type Layers, type Row } from './row.js';
import { addNoise, sharpen } from './sensor.js';

/** What falls on the sensor, row by row, before the lens blurs all of it. */
export function expose(settings: SceneSettings, random: Random, camera: Camera, layers: Layers): RgbImage {
  const { width, height, background, backgroundBlur } = settings;
  const pixel = camera.distance / camera.focalLength;
  const surface = createBackground(background, random.fork('background'), pixel);
  const paintDesk = (row: Row) => {
    paintSurface(row, surface);
    for (const layer of layers.behind) layer.paintRow(row);
  };
  const paintAbove = (row: Row) => {
    for (const layer of layers.above) layer.paintRow(row);
  };
  if (backgroundBlur === 0)
    return paintRows(width, height, camera, (row) => {
      paintDesk(row);
      paintAbove(row);
    });
  const desk = defocus(paintRows(width, height, camera, paintDesk), backgroundBlur);
  return paintRows(width, height, camera, (row) => {
    const start = row.y * width * 3;
    row.colours.set(desk.data.subarray(start, start + width * 3));
    paintAbove(row);
  });
}

function paintRows(width: number, height: number, camera: Camera, paint: (row: Row) => void): RgbImage {
  const map = deskFromPhoto(camera);
  const data = new Uint8ClampedArray(width * height * 3);
  const row = createRow(width);
  for (let y = 0; y < height; y++) {
    row.y = y;
    lookDown(row, map);
    paint(row);
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

/** A veil of haze, or a program's curve: every level moved towards mid grey, or away from it. */
function changeContrast(image: RgbImage, contrast: number): RgbImage {
  if (contrast === 1) return image;
  const data = Uint8ClampedArray.from(image.data, (value) => 128 + (value - 128) * contrast);
  return { ...image, data: new Uint8Array(data.buffer) };
}

/** From the light on the sensor to the picture that the phone writes. */
export function develop(settings: SceneSettings, random: Random, exposed: RgbImage): RgbImage {
  const soft = defocus(changeContrast(exposed, settings.contrast), settings.blur);
  const moved = shake(soft, settings.shake, random.fork('shake').uniform(0, 180));
  addNoise(moved, settings.noise, random.fork('noise'));
  return sharpen(moved, settings.sharpening);
}
