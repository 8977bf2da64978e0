import { logistic } from '../odds.js';
import type { RgbImage } from '../types.js';
import type { Channels } from './channels.js';
import { LayeredNetwork } from './layered-network.js';
import type { NetworkData } from './network-data.js';

/** What the network says of a picture: probabilities, row by row, at half the picture's size. */
export interface NetworkMaps {
  readonly width: number;
  readonly height: number;
  /** That the document covers the pixel. */
  readonly mask: Float32Array;
  /** That a side of the document crosses it. */
  readonly border: Float32Array;
  /** That there is a document in the picture at all. */
  readonly presence: number;
}

/** The network that finds documents: 4 to 5 MB of memory with its weights. */
export class Network {
  readonly #layered: LayeredNetwork;
  readonly #outputs: Pick<NetworkData, 'maps' | 'presence'>;

  private constructor(data: NetworkData) {
    this.#layered = new LayeredNetwork(data, [data.maps, data.presence]);
    this.#outputs = { maps: data.maps, presence: data.presence };
  }

  /** @throws Error where the weights do not fit the layers */
  static parse(data: NetworkData): Network {
    return new Network(data);
  }

  /** @param image whose sides are multiples of `inputStep` */
  run(image: RgbImage): NetworkMaps {
    const { floats, layers } = this.#layered.run(image, (memory, input) => writeInput(image, memory, input));
    const maps = layers[this.#outputs.maps]!;
    const presence = layers[this.#outputs.presence]!;
    return {
      width: 2 * maps.width,
      height: 2 * maps.height,
      mask: readMap(floats, maps, 0),
      border: readMap(floats, maps, 4),
      presence: logistic(floats[presence.at / 4]!),
    };
  }
}

/** The network's own scale: grey is 0. */
const levels = Float32Array.from({ length: 256 }, (_, level) => (level - 128) / 64);

function writeInput(
  { data, width, height }: RgbImage,
  floats: Float32Array,
  { at, planeBytes, rowBytes }: Channels,
): void {
  const plane = planeBytes / 4;
  for (let y = 0, from = 0; y < height; y++) {
    let to = (at + y * rowBytes) / 4;
    for (let x = 0; x < width; x++, to++, from += 3) {
      floats[to] = levels[data[from]!]!;
      floats[to + plane] = levels[data[from + 1]!]!;
      floats[to + 2 * plane] = levels[data[from + 2]!]!;
    }
  }
}

/** Four channels from `first` on hold the four pixels of each 2 × 2, row by row. */
function readMap(floats: Float32Array, maps: Channels, first: number): Float32Array {
  const { width, height, rowBytes, planeBytes, at } = maps;
  const map = new Float32Array(4 * width * height);
  for (let y = 0, to = 0; y < 2 * height; y++) {
    const channel = first + 2 * (y % 2);
    const left = (at + channel * planeBytes + (y >> 1) * rowBytes) / 4;
    const right = left + planeBytes / 4;
    for (let x = 0; x < width; x++) {
      map[to++] = logistic(floats[left + x]!);
      map[to++] = logistic(floats[right + x]!);
    }
  }
  return map;
}
