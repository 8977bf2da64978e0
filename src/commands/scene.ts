import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import Type, { type TSchema } from 'typebox';
import { type DrawnScene, drawScene } from '../photos/draw-scene.js';
import { type SceneField, type SceneRequest, SceneRequestError, sceneRequest } from '../scene/request.js';
import { fromText } from '../text-values.js';
import type { ImageFormat } from '../vision/types.js';
import { roundCorners } from './round-corners.js';
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
  const { bytes, ...drawn } = await draw({ ...readFlags(flags), format });
  await writeFile(output, bytes);
  const facts = {
    file: output,
    bytes: bytes.length,
    ...drawn,
    corners: roundCorners(drawn.corners),
    documentCorners: roundCorners(drawn.documentCorners),
  };
  const line = JSON.stringify(facts);
  if (json !== undefined) await writeFile(json, `${line}\n`);
  console.log(line);
}

async function draw(request: SceneRequest): Promise<DrawnScene> {
  try {
    return await drawScene(request);
  } catch (error) {
    throw error instanceof SceneRequestError ? new UsageError(error.message) : error;
  }
}

function readFlags(flags: { readonly [Field in SceneField]?: string }): SceneRequest {
  const values = Object.entries(flags).map(([field, text]) => {
    const schema: TSchema = sceneRequest.properties[field as SceneField];
    return [field, fromText(schema, Type.IsArray(schema) ? splitList(text) : text)];
  });
  return Object.fromEntries(values);
}

const splitList = (text: string) => (text === '' ? [] : text.split(',').map((item) => item.trim()));
