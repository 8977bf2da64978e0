import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layer, LayersData, Source } from '../src/vision/network/network-data.js';

/** `net.json` as the training writes it: layers in the order in which they run, `-1` for the picture. */
interface NetworkExport {
  readonly format: number;
  readonly recipe?: string;
  readonly weights: { readonly file: string; readonly count: number; readonly sha256: string };
  readonly input: { readonly channels: number };
  /** Which layers are read: `maps` and `presence`, or a verifier's `verdict`. */
  readonly outputs: Readonly<Record<string, number>>;
  readonly layers: readonly ExportedLayer[];
}

interface ExportedLayer {
  readonly op: 'conv3' | 'pw' | 'dw' | 'add' | 'upadd' | 'mean';
  readonly inputs: readonly number[];
  readonly co: number;
  readonly stride?: number;
  readonly relu?: boolean;
  /** Where its weights and its biases begin, in numbers. */
  readonly weights?: number;
  readonly bias?: number;
}

export interface ExportedNetwork {
  readonly data: Omit<LayersData, 'ranges'>;
  readonly outputs: Readonly<Record<string, number>>;
  readonly recipe: string;
  /** SHA-256 of the weights' file. */
  readonly hash: string;
}

/** @throws Error where the folder holds another format, or weights that are not the ones described */
export async function readExport(folder: string): Promise<ExportedNetwork> {
  const exported = JSON.parse(await readFile(join(folder, 'net.json'), 'utf8')) as NetworkExport;
  const { format, recipe = '', weights, input, outputs, layers } = exported;
  if (format !== 1) throw new Error(`${folder}: format ${format} is not known`);
  const bytes = await readFile(join(folder, weights.file));
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== weights.sha256) throw new Error(`${folder}: ${weights.file} is not what net.json describes`);
  checkOrder(layers, folder);
  const data = { layers: layers.map(toLayer), planes: input.channels, weights: bytes.toString('base64') };
  return { data, outputs, recipe, hash };
}

/** The product reads weights one layer after the other and needs no places. */
function checkOrder(layers: readonly ExportedLayer[], folder: string): void {
  const places = layers
    .flatMap(({ weights, bias }) => [weights, bias])
    .filter((place) => place !== undefined);
  const isAscending = places.every((place, index) => index === 0 || place > places[index - 1]!);
  if (!isAscending || places[0] !== 0)
    throw new Error(`${folder}: weights do not lie in the order of the layers`);
}

function toLayer({ op, inputs, co: channels, stride, relu = false }: ExportedLayer): Layer {
  const [from, other] = inputs.map((input): Source => (input < 0 ? 'input' : input)) as [Source, Source];
  switch (op) {
    case 'conv3':
      return { kind: 'halving', from, channels, relu };
    case 'pw':
      return { kind: 'pointwise', from, channels, relu };
    case 'dw':
      return { kind: 'depthwise', from, stride: stride === 2 ? 2 : 1, relu };
    case 'add':
      return { kind: 'add', from, other };
    case 'upadd':
      return { kind: 'add-doubled', from, small: other };
    case 'mean':
      return { kind: 'mean', from };
  }
}
