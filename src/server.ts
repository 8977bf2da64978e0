import { METHODS } from 'node:http';
import type { URL } from 'node:url';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { registerApi } from './api/index.js';
import { refuseUnknownPath } from './api/missing.js';
import { pause } from './api/pause.js';
import { sendRefusal } from './api/refusals.js';
import { type Clock, type Clocks, createClock, createClocks } from './clock.js';
import { type Config, type Options, servesTls } from './config/config.js';
import { errorsOf } from './config/error-catalogue.js';
import { type LiveConfig, openConfig } from './config/live-config.js';
import { registerControl } from './control/index.js';
import { createCropper } from './cropper/cropper.js';
import { registerAccessLog } from './exchange/access-log.js';
import { createClosing } from './exchange/closing.js';
import type { Context } from './exchange/context.js';
import { beginExchange, followExchanges } from './exchange/follow.js';
import { meterExchanges } from './exchange/meter.js';
import { isControl, servesControl } from './exchange/paths.js';
import { type LogStream, logAs } from './exchange/readable-log.js';
import { recordExchanges } from './exchange/record.js';
import { answerBrokenRequests, refuseTunnels } from './http/broken-requests.js';
import { allowOrigins, corsHeaders } from './http/cors.js';
import { registerDocsPage } from './http/docs-page.js';
import { registerHealth } from './http/health.js';
import { continueBeforeBody, createHttpServer } from './http/http-server.js';
import { lingerOnUploads } from './http/linger.js';
import { registerMetrics } from './http/metrics.js';
import { registerOpenApi } from './http/openapi.js';
import { protectOwnPages } from './http/own-pages.js';
import { closePromptly } from './http/shutdown.js';
import { certify } from './http/tls.js';
import { registerWelcome } from './http/welcome.js';
import { readAddress } from './state/redis/address.js';
import type { Copy } from './state/redis/controls.js';
import { createRedisState } from './state/redis/redis-state.js';
import { createMemoryState, type Simulation, type State } from './state/state.js';
import { recordUpstream } from './upstream/recorder.js';

/** What cannot be real in a test is passed in. */
export interface Surroundings {
  readonly clock?: Clock;
  /** Where log lines go; standard output otherwise. */
  readonly logStream?: LogStream;
  /** `false`: the first crop starts a worker and loads OpenCV, not the opening of the port; until then it is not ready. */
  readonly warmUp?: boolean;
  /** Holds an answer back until so long after its request came; in real time otherwise. */
  readonly holdAnswer?: Context['holdAnswer'];
  /** Called once the first worker is warm, or could not be started. */
  readonly onWarm?: () => void;
  /** Module of the crop workers' threads. */
  readonly cropWorker?: URL;
  /** Called at the end when a worker is left in a native loop: `process.exit()` would wait for it. */
  readonly onStuck?: () => void;
}

/**
 * The simulator as a Fastify application that does not listen yet.
 *
 * @example
 * const app = createServer({ trials: 5 });
 * await app.listen({ port: 3000 });
 * @throws {ConfigError} naming every problem of the options.
 */
export function createServer(options: Options = {}, surroundings: Surroundings = {}): FastifyInstance {
  return assemble(openConfig({ options }), surroundings);
}

/** The table of contents: everything in the order in which a request meets it. */
export function assemble(live: LiveConfig, surroundings: Surroundings = {}): FastifyInstance {
  const context = createContext(live, surroundings);
  const app = createApp(context, surroundings);
  allowEveryMethod(app);
  refuseTunnels(app, context.errors);
  continueBeforeBody(app);
  lingerOnUploads(app);
  certify(app, live.current);

  followExchanges(app);
  protectOwnPages(app);
  registerAccessLog(app);
  recordExchanges(app, context);
  recordUpstream(app, context);
  const meter = live.current.metrics ? meterExchanges(app, context) : undefined;
  registerOpenApi(app);
  const control = servesControl(live.current);
  allowOrigins(app, live.current);
  // After that plugin's hook. Returns nothing: an application is thenable, and would be waited for.
  app.after(() => {
    const isForeign = (url: string) => control && isControl(url);
    app.addHook('onRequest', refuseUnknownPath(context, isForeign));
  });
  app.register(async (scope) => registerApi(scope, context));
  if (control) registerControl(app, context, live);
  registerHealth(app, context);
  if (meter !== undefined) registerMetrics(app, live.current, meter);
  registerDocsPage(app);
  registerWelcome(app, live.current, control);

  if (surroundings.warmUp !== false) warmUpOnListen(app, context, surroundings.onWarm);
  app.addHook('onReady', () => context.state.open(app.log));
  app.addHook('onClose', () => context.state.close());
  app.addHook('onClose', async () => endWorkers(app, context, surroundings.onStuck));
  app.addHook('preClose', async () => context.closing.begin());
  closePromptly(app, live.current.shutdownTimeout * 1000);
  live.onChange((before) => follow(before, app, context));
  return app;
}

function warmUpOnListen(app: FastifyInstance, { cropper }: Context, onWarm = () => {}): void {
  app.addHook('onListen', async () => {
    cropper
      .warmUp()
      .catch((error) => app.log.error({ err: error }, 'no crop worker could be started'))
      .then(onWarm);
  });
}

async function endWorkers(app: FastifyInstance, { cropper }: Context, onStuck = () => {}): Promise<void> {
  if (await cropper.close()) return;
  app.log.warn('a crop worker did not end: it is left behind');
  onStuck();
}

/** So that a wrong method, however rare, meets the route that answers 405. */
function allowEveryMethod(app: FastifyInstance): void {
  const others = METHODS.filter((method) => !app.supportedMethods.includes(method));
  for (const method of others) app.addHttpMethod(method);
}

function createContext(live: LiveConfig, surroundings: Surroundings): Context {
  const clocks = createClocks(surroundings.clock ?? createClock());
  const state = openState(live, clocks);
  let errors = errorsOf(live.current);
  live.onChange(() => {
    errors = errorsOf(live.current);
  });
  const closing = createClosing();
  return {
    get config() {
      return live.current;
    },
    get errors() {
      return errors;
    },
    get seed() {
      return state.seed;
    },
    get identifiers() {
      return state.identifiers;
    },
    clocks,
    state,
    controls: state.controls,
    store: state.store,
    journal: state.journal,
    closing,
    holdAnswer: surroundings.holdAnswer ?? ((ms, reply) => pause(ms - reply.elapsedTime, reply.raw, closing)),
    cropper: createCropper(() => live.current, surroundings.cropWorker),
  };
}

function openState(live: LiveConfig, clocks: Clocks): State {
  const simulation: Simulation = {
    seed: live.current.seed,
    accounts: () => live.current.accounts,
    journalLimits: () => ({ entries: live.current.journalEntries, bytes: live.current.journalBytes }),
    longestCropMs: () => (live.current.queueTimeout + live.current.cropTimeout) * 1000,
  };
  const address = readAddress(live.current.state);
  return address
    ? createRedisState(address, simulation, copyOf(live, clocks))
    : createMemoryState(simulation);
}

/** What every replica keeps in memory. */
const copyOf = (live: LiveConfig, clocks: Clocks): Copy => ({
  read: () => JSON.stringify({ settings: live.changes, clocks: clocks.state() }),
  replace: (text) => {
    const { settings, clocks: times } = JSON.parse(text);
    live.replaceChanges(settings);
    clocks.restore(times);
  },
});

/** What has to be told of a change; everything else looks at the configuration when it needs it. */
function follow(before: Config, app: FastifyInstance, { config, store, journal }: Context): void {
  app.log.level = config.logLevel;
  journal.trim();
  if (JSON.stringify(before.accounts) !== JSON.stringify(config.accounts)) {
    store
      .configureAccounts(config.accounts)
      .catch((error) =>
        app.log.error({ err: error }, 'the accounts of the configuration are not shared yet'),
      );
  }
}

/** To open: a shared state may take its ten seconds (state/redis/connection.ts). */
const openPatienceMs = 30_000;

function createApp(context: Context, { logStream = process.stdout }: Surroundings): FastifyInstance {
  const { config } = context;
  const secure = servesTls(config);
  const app = Fastify({
    serverFactory: (answer) =>
      createHttpServer(answer, config.requestTimeout * 1000, {
        secure,
        maxConnections: config.maxConnections,
      }),
    ...(secure && { https: {} }), // for the addresses that it names
    logger: { level: config.logLevel, stream: logAs(config.logFormat, logStream) },
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger) => logger, // a request's line says what it was (exchange/access-log.ts); no other needs its number
    bodyLimit: config.bodyLimit,
    pluginTimeout: openPatienceMs,
    // While closing, requests on open connections are still answered; `closePromptly` ends the connections.
    return503OnClosing: false,
    // Names of accounts stand in paths of the control API; the vendor's have no parameters.
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 16_384 },
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false },
      onCreate: adaptKeywords,
    },
    frameworkErrors: (error, request, reply) => {
      beginExchange(request, reply); // such a request meets no hooks
      reply.headers(corsHeaders(config, request.headers.origin));
      sendRefusal(context, Buffer.from)(error, request, reply);
    },
    clientErrorHandler: answerBrokenRequests(context.errors, (origin) => corsHeaders(config, origin)),
  });
  app.setErrorHandler(sendRefusal(context));
  app.addHook('onSend', declareJsonPlainly);
  // The schemas describe the answers; nothing that an answer holds may be dropped on the way out.
  app.setSerializerCompiler(() => JSON.stringify);
  return app;
}

const charset = '; charset=utf-8';

/** Fastify adds `; charset=utf-8`; the stock stack does not, and RFC 8259 knows no such parameter. */
function declareJsonPlainly(
  _request: FastifyRequest,
  reply: FastifyReply,
  _payload: unknown,
  done: () => void,
): void {
  const type = String(reply.getHeader('content-type'));
  if (type.endsWith(`json${charset}`)) reply.header('content-type', type.slice(0, -charset.length));
  done();
}

type AjvChange = NonNullable<NonNullable<FastifyServerOptions['ajv']>['onCreate']>;

/**
 * An `enum` is for the document: the vendor ignores what it does not know. And Ajv counts the code points of the whole photo for
 * `minLength: 1`, 20 ms of a 12 MP request: code units will do.
 */
const adaptKeywords: AjvChange = (ajv) => {
  ajv.removeKeyword('enum');
  ajv.addKeyword('enum');
  ajv.removeKeyword('minLength');
  ajv.addKeyword({
    keyword: 'minLength',
    type: 'string',
    schemaType: 'number',
    validate: (limit: number, text: string) => text.length >= limit,
  });
};
