import { timingSafeEqual } from 'node:crypto';
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LiveConfig } from '../config/live-config.js';
import type { Context } from '../exchange/context.js';
import { controlPrefix } from '../exchange/paths.js';
import { shareResponses, tellWhatMayBeMissing } from '../openapi-parts.js';
import { packageJson } from '../package-root.js';
import { registerAccounts } from './accounts.js';
import { registerBundles } from './bundles.js';
import { registerClock } from './clock.js';
import { registerDrift } from './drift.js';
import { registerInspector } from './inspector.js';
import { explainMissing } from './missing.js';
import { ControlProblem, sendProblem } from './problem.js';
import { registerQueue } from './queue.js';
import { registerRequestLines } from './request-lines.js';
import { registerRequests } from './requests.js';
import { type Control, controlTags } from './routes.js';
import { registerScenarios } from './scenarios.js';
import { registerScenes } from './scenes.js';
import { registerSettings } from './settings.js';
import { registerState } from './state.js';
import { registerThumbnails } from './thumbnails.js';
import { registerTokens } from './tokens.js';
import { checkBySchema } from './validation.js';
import { refuseOtherPages, refuseStrangeHosts } from './visitors.js';

/** Our own API, apart from the vendor's: what a test sets, reads and undoes. It has its own OpenAPI document. */
export function registerControl(app: FastifyInstance, context: Context, live: LiveConfig): void {
  app.register(
    async (scope) => {
      scope.setErrorHandler(sendProblem);
      scope.setValidatorCompiler(checkBySchema as never);
      scope.addHook('onRequest', refuseStrangeHosts(live.current));
      scope.addHook('onRequest', refuseOtherPages);
      parseOptionalJson(scope);
      if (live.current.controlToken !== undefined) askForToken(scope, live.current.controlToken);
      explainMissing(scope);
      scope.addHook('onRequest', () => context.controls.refresh());
      await documentRoutes(scope);
      registerInspector(scope);
      const control: Control = { context, live };
      registerAccounts(scope, control);
      registerBundles(scope, control);
      registerTokens(scope, control);
      registerQueue(scope, control);
      registerScenarios(scope);
      registerScenes(scope);
      registerClock(scope, control);
      registerRequests(scope, control);
      registerRequestLines(scope, control);
      registerThumbnails(scope, control);
      registerDrift(scope);
      registerSettings(scope, control);
      registerState(scope, control);
    },
    { prefix: controlPrefix },
  );
}

/** An empty body says nothing, whatever its type. Anything but JSON is refused, as web pages post anything else unasked. */
function parseOptionalJson(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => {
      if (body.trim() === '') return undefined;
      const value = parseJson(body);
      // Fastify would take it for no body at all.
      if (value === null) throw new ControlProblem(422, 'the body is null; send an object, or nothing');
      return value;
    },
  );
  // Clients name a type for what they do not send: aiohttp this one, curl a form's.
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => {
    if (body.length > 0) throw new ControlProblem(415, 'send JSON, with Content-Type: application/json');
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ControlProblem(400, `the body is not JSON: ${(error as Error).message}`);
  }
}

function askForToken(scope: FastifyInstance, token: string): void {
  const expected = Buffer.from(`Bearer ${token}`);
  scope.addHook('onRequest', async ({ headers, routeOptions }) => {
    if (routeOptions.config?.needsNoToken) return;
    const given = Buffer.from(String(headers.authorization ?? '').replace(/^bearer +/i, 'Bearer '));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new ControlProblem(401, 'this needs the header "Authorization: Bearer <control-token>"');
    }
  });
}

async function documentRoutes(scope: FastifyInstance): Promise<void> {
  await scope.register(swagger, {
    decorator: 'controlDocument' as never,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Control API of the simulator',
        version: packageJson.version,
        description: "What a test sets, reads and undoes. Not a part of the vendor's API.",
        contact: { name: packageJson.name },
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/' }],
      tags: [...controlTags],
      components: { securitySchemes: { controlToken: { type: 'http', scheme: 'bearer' } } },
      security: [{}, { controlToken: [] }],
    },
    transform: ({ schema, url, route }) => ({
      schema: { operationId: nameOperation(String(route.method), url), ...schema },
      url,
    }),
    transformObject: (documented) =>
      'openapiObject' in documented
        ? shareResponses(tellWhatMayBeMissing(documented.openapiObject))
        : documented.swaggerObject,
    refResolver: { buildLocalReference: (json) => String(json.$id) },
  });
  const documented = scope as unknown as { controlDocument(): object };
  scope.get('/openapi.json', { schema: { hide: true } }, async () => documented.controlDocument());
}

/** `GET /__mock/accounts/:username/queue` → `getAccountsUsernameQueue` */
const nameOperation = (method: string, url: string) =>
  url
    .slice(controlPrefix.length)
    .split(/[^A-Za-z]+/)
    .filter((word) => word !== '')
    .reduce((name, word) => name + word.charAt(0).toUpperCase() + word.slice(1), method.toLowerCase());
