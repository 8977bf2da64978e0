import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import Type, { type TSchema } from 'typebox';
import { drawScene } from '../photos/draw-scene.js';
import { type SceneField, type SceneRequest, SceneRequestError, sceneRequest } from '../scene/request.js';
import { fromText, readNumber } from '../text-values.js';
import { formatOfName } from './photo-names.js';
import { Progress } from './progress.js';
import { roundCorners } from './round-corners.js';
import { UsageError } from './usage-error.js';

type FieldFlags = { readonly [Field in SceneField]?: string };
type SceneFlags = FieldFlags & { readonly output: string; readonly count?: string; readonly json?: string };

/** Writes the photos, and one JSON line about each; corners in pixels of the upright picture, to a hundredth. */
export async function scene({ output, count, json, ...flags }: SceneFlags): Promise<void> {
  const request: SceneRequest = { ...readFlags(flags), format: formatOfName(output) };
  const photos =
    count === undefined ? [{ file: output, request }] : series(output, request, readCount(count));
  const progress = new Progress(photos.length);
  const lines: string[] = [];
  for (const { file, request } of photos) {
    progress.begin(file, true); // Drawing leaves this thread no time to say so later.
    const line = await write(file, request);
    progress.end();
    lines.push(`${line}\n`);
    console.log(line);
  }
  if (json !== undefined) await writeFile(json, lines.join(''));
  if (photos.length > 1) console.error(`${photos.length} photos in ${(progress.ms / 1000).toFixed(1)} s`);
}

function readCount(text: string): number {
  const count = readNumber(text);
  if (count !== undefined && Number.isInteger(count) && count >= 1) return count;
  throw new UsageError(`--count must be a whole number from 1 (is ${JSON.stringify(text)})`);
}

/** `photo-01.jpg`, `photo-02.jpg`, …, each with a seed of its own. */
function series(output: string, request: SceneRequest, count: number) {
  const ending = extname(output);
  const stem = output.slice(0, output.length - ending.length);
  const { seed = 1 } = request;
  const first = readNumber(String(seed));
  return Array.from({ length: count }, (_, i) => ({
    file: `${stem}-${String(i + 1).padStart(String(count).length, '0')}${ending}`,
    request: { ...request, seed: first === undefined ? `${seed}-${i + 1}` : first + i },
  }));
}

async function write(file: string, request: SceneRequest): Promise<string> {
  const { bytes, ...drawn } = await draw(request);
  await writeFile(file, bytes);
  return JSON.stringify({
    file,
    bytes: bytes.length,
    ...drawn,
    corners: roundCorners(drawn.corners),
    documentCorners: roundCorners(drawn.documentCorners),
  });
}

async function draw(request: SceneRequest) {
  try {
    return await drawScene(request);
  } catch (error) {
    throw error instanceof SceneRequestError ? new UsageError(error.message) : error;
  }
}

function readFlags(flags: FieldFlags): SceneRequest {
  const values = Object.entries(flags).map(([field, text]) => {
    const schema: TSchema = sceneRequest.properties[field as SceneField];
    return [field, fromText(schema, Type.IsArray(schema) ? splitList(text) : text)];
  });
  return Object.fromEntries(values);
}

const splitList = (text: string) => (text === '' ? [] : text.split(',').map((item) => item.trim()));
