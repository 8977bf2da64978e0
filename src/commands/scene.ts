import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { TSchema } from 'typebox';
import { drawScene } from '../photos/draw-scene.js';
import { type Keywords, type SceneField, type SceneRequest, sceneRequest } from '../scene/request.js';
import type { ImageFormat, Quad } from '../vision/types.js';
import { UsageError } from './usage-error.js';

const formats: Readonly<Record<string, ImageFormat>> = {
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.png': 'png',
  '.webp': 'webp',
};

type SceneFlags = { readonly [Field in SceneField]?: string } & {
  readonly output: string;
  readonly json?: string;
};

/** Writes the photo, and one JSON line about it; corners in pixels of the upright picture, to a hundredth. */
export async function scene({ output, json, ...flags }: SceneFlags): Promise<void> {
  const format = formats[extname(output).toLowerCase()];
  if (format === undefined)
    throw new UsageError(`${output}: the name of a photo ends in ${Object.keys(formats).join(', ')}`);
  const { bytes, ...drawn } = await drawScene({ ...readFlags(flags), format });
  await writeFile(output, bytes);
  const facts = {
    file: output,
    bytes: bytes.length,
    ...drawn,
    corners: round(drawn.corners),
    documentCorners: round(drawn.documentCorners),
  };
  const line = JSON.stringify(facts);
  if (json !== undefined) await writeFile(json, `${line}\n`);
  console.log(line);
}

function readFlags(flags: { readonly [Field in SceneField]?: string }): SceneRequest {
  const values = Object.entries(flags).map(([field, text]) => [
    field,
    fromText(sceneRequest.properties[field as SceneField], text),
  ]);
  return Object.fromEntries(values);
}

/** Text that does not fit stays text, to be refused. */
function fromText(schema: TSchema, text: string): unknown {
  const { type, items, enum: allowed } = schema as Keywords;
  if (items !== undefined)
    return text === '' ? [] : text.split(',').map((item) => fromText(items, item.trim()));
  const isNumber = type === 'number' || type === 'integer' || typeof allowed?.[0] === 'number';
  return isNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

const round = (quad: Quad | null) =>
  quad?.map((corner) => corner.map((value) => Math.round(value * 100) / 100)) ?? null;
