import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { drawMagicCard, type MagicCardFormat, magicCardFormats } from '../magic-card/draw.js';
import { sizeOfScene } from '../photos/draw-scene.js';
import { formatScenario, parseScenario } from '../scenarios/scenario.js';
import { checkSceneRequest, type SceneRequest, SceneRequestError, sceneRequest } from '../scene/request.js';
import { ControlProblem } from './problem.js';
import { documented } from './routes.js';
import { mostPixels, openSceneQueue } from './scene-queue.js';

const quad = Type.Union([Type.Array(Type.Array(Type.Number())), Type.Null()]);
const sceneAnswer = Type.Object({
  img: Type.String({ description: 'the photo in base64, as the API takes it' }),
  format: Type.String(),
  width: Type.Integer({ description: 'pixels of the upright picture' }),
  height: Type.Integer(),
  orientation: Type.Integer({ description: 'EXIF orientation of the file' }),
  corners: quad,
  documentCorners: quad,
  scene: Type.Record(Type.String(), Type.Unknown(), {
    description: 'all that was decided; the same again gives the same photo',
  }),
});
const cardParams = Type.Object({ scenario: Type.String(), format: Type.Enum([...magicCardFormats]) });
const types: Readonly<Record<MagicCardFormat, string>> = { png: 'image/png', pdf: 'application/pdf' };

/** Test photos without anybody's personal data, and magic cards to print. */
export function registerScenes(app: FastifyInstance): void {
  const queue = openSceneQueue();
  app.addHook('onClose', () => queue.close());

  app.post<{ Body: SceneRequest }>(
    '/scenes',
    documented('Scenes', 'A photo of a fictional card, with its exact corners', sceneAnswer, {
      body: sceneRequest,
    }),
    async ({ body }, reply) => {
      const { bytes, ...drawn } = await queue.draw(...checkRequest(body), reply);
      const img = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
      return { img, ...drawn };
    },
  );

  app.get<{ Params: Static<typeof cardParams> }>(
    '/cards/:scenario.:format',
    documented('Scenes', 'The magic card of a scenario, to be printed or shown to a camera', null, {
      params: cardParams,
    }),
    async ({ params: { scenario, format } }, reply) => {
      const text = formatScenario(parseScenario(scenario));
      if (format === 'pdf') reply.removeHeader('content-security-policy'); // a browser's viewer is a plugin to it
      return reply.type(types[format]).send(await refuseRange(() => drawMagicCard(text, format)));
    },
  );
}

/** @returns what to draw, and how many pixels it has */
function checkRequest(request: SceneRequest): readonly [request: SceneRequest, pixels: number] {
  try {
    checkSceneRequest(request);
    const { card } = request;
    const asked = card === undefined ? request : { ...request, card: formatScenario(parseScenario(card)) };
    const { width, height } = sizeOfScene(asked);
    if (width * height <= mostPixels) return [asked, width * height];
    throw new ControlProblem(
      422,
      `this scene has ${width} × ${height} pixels; at most ${mostPixels} are drawn here, more by the command "scene"`,
    );
  } catch (error) {
    if (error instanceof SceneRequestError) throw new ControlProblem(422, error.message);
    throw error;
  }
}

async function refuseRange<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RangeError ? new ControlProblem(422, error.message) : error;
  }
}
