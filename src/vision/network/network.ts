import { logistic } from '../odds.js';
import type { RgbImage } from '../types.js';
import { type Channels, rowOf } from './channels.js';
import { inputUnit } from './layer-weights.js';
import { LayeredNetwork, type LayerValues } from './layered-network.js';
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

/** The network that finds documents: 3 MB of memory with its weights. */
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
    const values = this.#layered.run(image, (memory, input) => writePicture(image, memory, input));
    const { maps, presence } = this.#outputs;
    const { width, height } = values.layers[maps]!;
    return {
      width: 2 * width,
      height: 2 * height,
      mask: readMap(values, maps, 0),
      border: readMap(values, maps, 4),
      presence: logistic(
        values.numbers[rowOf(values.layers[presence]!, 0, 0)]! * values.units[presence]![0]!,
      ),
    };
  }
}

/** The network's own scale: grey is 0, a level 1/64. */
const perLevel = 1 / 64 / inputUnit;

/** Fills the input of a network that is shown a picture. */
export function writePicture({ data, width, height }: RgbImage, numbers: Int16Array, input: Channels): void {
  const blueAt = input.planeBytes / 2;
  for (let y = 0, from = 0; y < height; y++) {
    const row = rowOf(input, 0, y);
    for (let to = row; to < row + 2 * width; to += 2, from += 3) {
      numbers[to] = (data[from]! - 128) * perLevel;
      numbers[to + 1] = (data[from + 1]! - 128) * perLevel;
      numbers[to + blueAt] = (data[from + 2]! - 128) * perLevel;
      numbers[to + blueAt + 1] = 0;
    }
  }
}

/** Four channels from `first` on hold the four pixels of each 2 × 2, row by row. */
function readMap({ numbers, layers, units }: LayerValues, layer: number, first: number): Float32Array {
  const maps = layers[layer]!;
  const { width, height } = maps;
  const map = new Float32Array(4 * width * height);
  for (let y = 0, to = 0; y < 2 * height; y++) {
    const channel = first + 2 * (y % 2);
    const [left, right] = [rowOf(maps, channel, y >> 1), rowOf(maps, channel + 1, y >> 1)];
    const [leftUnit, rightUnit] = [units[layer]![channel]!, units[layer]![channel + 1]!];
    for (let x = 0; x < 2 * width; x += 2) {
      map[to++] = logistic(numbers[left + x]! * leftUnit);
      map[to++] = logistic(numbers[right + x]! * rightUnit);
    }
  }
  return map;
}
