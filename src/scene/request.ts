import Type, { type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { defaultCropOptions } from '../vision/options.js';
import { backgroundNames } from './backgrounds/index.js';
import { captures, grounds, reproductions } from './capture.js';
import { type ClutterName, clutterNames } from './clutter.js';
import { type DesignName, designNames, pictureNames, thingNames } from './designs/index.js';
import { hands } from './hand.js';

export type Level = 'easy' | 'medium' | 'hard' | 'negative';

export const levels: readonly Level[] = ['easy', 'medium', 'hard', 'negative'];

/** Of the photo; as large as the simulator accepts by default. */
const { maxPixels } = defaultCropOptions;

const number = (minimum: number, maximum: number, description: string) =>
  Type.Number({ minimum, maximum, description });
const integer = (minimum: number, maximum: number, description: string) =>
  Type.Integer({ minimum, maximum, description });

/**
 * What a user may ask of a test photo, within what the generator can draw, and how the photo is stored. The descriptions are the
 * help of the command and of the control API.
 */
export const sceneRequest = Type.Partial(
  Type.Object({
    seed: Type.Union([Type.Number(), Type.String({ minLength: 1 })], {
      description: 'all that is left open depends on it',
    }),
    level: Type.Enum([...levels], { description: 'how hard the card is to find; negative: no card' }),
    design: Type.Enum([...designNames], {
      description: 'what is printed on the card, or what is shown instead',
    }),
    card: Type.String({
      minLength: 1,
      description: 'a magic card for this scenario instead of a design, such as no-card or slow;ms=500',
    }),
    background: Type.Enum([...backgroundNames], { description: 'what the card lies on' }),
    capture: Type.Enum([...captures], {
      description: 'photo: a camera over a desk; scan: flat, up to the edge of the picture',
    }),
    reproduction: Type.Enum([...reproductions], { description: 'how the print was copied before' }),
    margin: number(-0.1, 0.4, 'of a scan, as a share of its shorter side; below 0 the document is cut'),
    ground: Type.Enum([...grounds], { description: 'what a scan shows beside the document' }),
    stretch: number(0.5, 2, 'of a scan: how much broader than it should be'),
    longSide: integer(16, 10_000, 'pixels, where width and height are left to chance'),
    width: integer(16, 10_000, 'pixels'),
    height: integer(16, 10_000, 'pixels'),
    format: Type.Enum(['jpeg', 'png', 'webp'], { description: 'of the file' }),
    quality: integer(1, 100, 'of JPEG and WebP'),
    orientation: Type.Enum([1, 3, 6, 8], { description: 'EXIF orientation: how a phone held its camera' }),
    rotation: number(-360, 360, 'degrees clockwise; 0 shows the card as it is read'),
    tilt: number(0, 60, 'degrees that the camera leans'),
    tiltAxis: number(-360, 360, 'degrees; the direction of the axis that the camera leans about'),
    areaFraction: number(0.01, 1, 'share of the photo that the card covers'),
    offset: Type.Unsafe<readonly [number, number]>(
      Type.Array(Type.Number({ minimum: -1.5, maximum: 1.5 }), {
        minItems: 2,
        maxItems: 2,
        description: 'where the card lies: -1 to 1 each way; beyond 1, part of it leaves the frame',
      }),
    ),
    cornerRadius: number(0, 10, 'of the card, in millimetres'),
    clutter: Type.Unsafe<readonly ClutterName[]>(
      Type.Array(Type.Enum([...clutterNames]), { maxItems: 12, description: 'things beside the card' }),
    ),
    across: Type.Unsafe<readonly ClutterName[]>(
      Type.Array(Type.Enum([...clutterNames]), {
        maxItems: 4,
        description: 'things that lie across the card',
      }),
    ),
    fingers: integer(0, 4, 'that reach over the card'),
    hand: Type.Enum([...hands], { description: 'that holds the card from below, its thumb in front' }),
    brightness: number(0.05, 2, '1 is well exposed'),
    contrast: number(0.05, 2, '1 is natural'),
    unevenness: number(0, 1, 'of the light'),
    vignette: number(0, 1, 'how much darker the corners of the photo are'),
    castShadow: number(0, 1, 'depth of a shadow across the card'),
    glare: number(0, 1, 'strength of a lamp mirrored in the card'),
    shadowDepth: number(0, 1, 'how dark the shadows of things are'),
    warmth: number(-2, 2, '-1 bluish to 1 reddish'),
    saturation: number(0, 2, '0 is black and white, 1 natural'),
    blur: number(0, 60, 'pixels'),
    shake: number(0, 200, 'pixels'),
    backgroundBlur: number(0, 200, 'pixels; the card is held above the desk'),
    noise: number(0, 60, 'grey levels'),
    sharpening: number(0, 3, 'as cameras do it'),
  }),
  { additionalProperties: false },
);

/** A photo to be drawn; what is left out is drawn by chance from the seed, as the level has it. */
export type SceneRequest = Static<typeof sceneRequest>;

/** What of a request says how the picture is drawn; the rest says how it is stored, and with whose face. */
export type SceneOptions = Omit<SceneRequest, 'card' | 'format' | 'orientation' | 'design'> & {
  /** Null for a scene without a card. */
  readonly design?: DesignName | null;
};

/** Everything that makes a scene what it is; plain data, so that it can be written down and read back. */
export type SceneSettings = Readonly<Required<Omit<SceneOptions, 'longSide'>>>;

export type SceneField = keyof SceneRequest;

export const sceneFields = Object.keys(sceneRequest.properties) as SceneField[];

/** Every problem of a request for a scene, one line each. */
export class SceneRequestError extends Error {
  override readonly name = 'SceneRequestError';

  constructor(readonly problems: readonly string[]) {
    super(
      `the scene has ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
}

/** @throws {SceneRequestError} that names what is wrong and what is allowed */
export function checkSceneRequest(request: unknown): asserts request is SceneRequest {
  const problems = Value.Check(Type.Record(Type.String(), Type.Unknown()), request)
    ? [...Object.entries(request).flatMap(problemsOf), ...contradictions(request as SceneRequest)]
    : ['a scene is an object of options'];
  if (problems.length > 0) throw new SceneRequestError(problems);
}

function problemsOf([name, value]: [name: string, value: unknown]): string[] {
  if (!Object.hasOwn(sceneRequest.properties, name))
    return [`there is no option ${JSON.stringify(name)}; there are ${sceneFields.join(', ')}`];
  const schema: TSchema = sceneRequest.properties[name as SceneField];
  if (Value.Check(schema, value)) return [];
  return [`${name} must be ${describeValues(schema)} (is ${JSON.stringify(value)})`];
}

/** What a field may be, in words. */
export function describeValues(schema: TSchema): string {
  const { enum: allowed, type, items, minItems, maxItems, minimum, maximum } = schema as Keywords;
  const range = `number from ${minimum} to ${maximum}`;
  if (allowed !== undefined) return `one of ${allowed.join(', ')}`;
  if (items !== undefined) {
    const count = minItems === maxItems ? maxItems : `at most ${maxItems}`;
    return `a list of ${count}, each ${describeValues(items)}`;
  }
  if (type === 'integer') return `a whole ${range}`;
  if (type === 'number') return `a ${range}`;
  return type === 'string' ? 'a text' : 'a number or a text';
}

/** The keywords of JSON schema that the fields use. */
export interface Keywords {
  readonly enum?: readonly (string | number)[];
  readonly type?: string;
  readonly items?: TSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
}

/** What may be shown where there is to be no document. */
const emptyNames: readonly DesignName[] = [...thingNames, ...pictureNames];

function contradictions({ level, design, card, width = 0, height = 0 }: SceneRequest): string[] {
  const shown = design !== undefined && !emptyNames.includes(design) && 'design';
  const faces = [shown, card !== undefined && 'card'].filter(Boolean);
  return [
    ...(design !== undefined && card !== undefined ? ['design and card exclude each other'] : []),
    ...(level === 'negative' && faces.length > 0
      ? [`level negative has no card: leave out ${faces[0]}`]
      : []),
    ...(width * height > maxPixels ? [`width × height must be at most ${maxPixels}`] : []),
  ];
}
