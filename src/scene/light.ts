import type { Random } from '../random.js';
import type { Camera } from './camera.js';
import { smoothstep } from './colour.js';
import type { Layer } from './row.js';

export interface LightOptions {
  /** 1 is a well exposed photo. */
  readonly brightness: number;
  /** How much brighter one end of the photo is than the other, 0 to 1. */
  readonly unevenness: number;
  /** How much darker the photo's corners are, 0 to 1. */
  readonly vignette: number;
  /** How much light a shadow with an edge across the desk takes away, 0 to 1. */
  readonly castShadow: number;
  /** -1 is bluish, 1 reddish. */
  readonly warmth: number;
  /** 0 takes all colour away, as photocopies do; 1 leaves it. */
  readonly saturation: number;
}

interface ShadowBand {
  readonly normalX: number;
  readonly normalY: number;
  readonly start: number;
  readonly width: number;
  readonly softness: number;
}

/** The lamp: what it leaves of each colour. `cardTurn` (degrees): a hard shadow may run along the card's sides. */
export function createLight(options: LightOptions, random: Random, camera: Camera, cardTurn: number): Layer {
  const { width, height } = camera;
  const direction = random.uniform(0, 2 * Math.PI);
  const slopeX = (options.unevenness * Math.cos(direction)) / width;
  const slopeY = (options.unevenness * Math.sin(direction)) / height;
  const corner = (width * width + height * height) / 4;
  const gains = [1 + 0.12 * options.warmth, 1 + 0.01 * options.warmth, 1 - 0.16 * options.warmth];
  const shadow = options.castShadow > 0 ? placeShadow(random.fork('shadow'), camera, cardTurn) : null;
  return {
    paintRow({ y, colours, deskX, deskY }) {
      const dy = y - height / 2;
      for (let x = 0; x < width; x++) {
        const dx = x - width / 2;
        let light = options.brightness * (1 + slopeX * dx + slopeY * dy);
        light *= 1 - (options.vignette * (dx * dx + dy * dy)) / corner;
        if (shadow !== null) light *= 1 - options.castShadow * darkness(shadow, deskX[x]!, deskY[x]!);
        const grey = greyAt(colours, x * 3) * (1 - options.saturation);
        for (let channel = 0; channel < 3; channel++) {
          const colour = grey + colours[x * 3 + channel]! * options.saturation;
          colours[x * 3 + channel] = colour * light * gains[channel]!;
        }
      }
    },
  };
}

function greyAt(colours: Float32Array, index: number): number {
  return 0.3 * colours[index]! + 0.59 * colours[index + 1]! + 0.11 * colours[index + 2]!;
}

function placeShadow(random: Random, camera: Camera, cardTurn: number): ShadowBand {
  const alongCard = random.chance(0.5);
  const turn = alongCard ? cardTurn + 90 * random.int(0, 3) : random.uniform(0, 360);
  const reach = (camera.distance * Math.max(camera.width, camera.height)) / camera.focalLength / 2;
  return {
    normalX: Math.cos((turn * Math.PI) / 180),
    normalY: Math.sin((turn * Math.PI) / 180),
    start: random.uniform(-0.45, 0.3) * reach,
    width: random.chance(0.4) ? random.uniform(0.15, 0.5) * reach : 1e6,
    softness: random.uniform(0.5, 14),
  };
}

function darkness(band: ShadowBand, x: number, y: number): number {
  const position = x * band.normalX + y * band.normalY - band.start;
  const { softness, width } = band;
  return (
    smoothstep(-softness, softness, position) * (1 - smoothstep(width - softness, width + softness, position))
  );
}
