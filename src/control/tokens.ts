import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { formatTime } from '../clock.js';
import { cropperService } from '../config/settings.js';
import type { Context } from '../exchange/context.js';
import type { AccessToken } from '../state/store.js';
import { accountOf } from './account-access.js';
import { duration, parseDuration } from './duration.js';
import { ControlProblem } from './problem.js';
import { type Control, closed, documented, type UserParams, userParams } from './routes.js';

export const tokenState = Type.Object({
  accessToken: Type.String(),
  refreshToken: Type.String(),
  scope: Type.String(),
  issuedAt: Type.String(),
  expiresAt: Type.String(),
  state: Type.Enum(['live', 'expired', 'revoked']),
  trialsRemaining: Type.Integer({ description: 'with the first of the bundles that has the cropper' }),
});
export type TokenState = Static<typeof tokenState>;

const tokenInput = Type.Partial(
  Type.Object({
    scope: Type.String({ minLength: 1 }),
    expiresIn: duration,
    trialsRemaining: Type.Integer({ minimum: 0 }),
  }),
  closed,
);
const tokenChange = Type.Partial(
  Type.Object({
    expiresIn: duration,
    revoked: Type.Boolean(),
    trialsRemaining: Type.Integer({ minimum: 0 }),
  }),
  closed,
);
export type TokenInput = Static<typeof tokenInput>;
export type TokenChange = Static<typeof tokenChange>;

const tokenParams = Type.Object({ username: Type.String(), token: Type.String() });
type TokenParams = Static<typeof tokenParams>;

/** Access tokens of an account: to have one without asking the vendor's endpoint, and to let one grow old. */
export function registerTokens(app: FastifyInstance, { context }: Control): void {
  const { store, clocks } = context;

  app.get<{ Params: UserParams }>(
    '/accounts/:username/tokens',
    documented('Tokens', 'Tokens of an account, oldest first', Type.Array(tokenState), {
      params: userParams,
    }),
    async ({ params }) => {
      await accountOf(params.username, context);
      const tokens = await store.listTokens(params.username);
      return Promise.all(tokens.map((token) => showToken(token, context)));
    },
  );

  app.post<{ Params: UserParams; Body: TokenInput }>(
    '/accounts/:username/tokens',
    documented('Tokens', 'A new token', tokenState, { params: userParams, body: tokenInput }, 201),
    async ({ params, body }, reply) => {
      const { scope = 'read write', expiresIn, trialsRemaining } = body;
      const { username, clientId } = await accountOf(params.username, context);
      const nowMs = clocks.of(username).now();
      const lifetimeMs =
        expiresIn === undefined ? context.config.tokenLifetime * 1000 : parseDuration(expiresIn);
      const times = { issuedAtMs: nowMs, expiresAtMs: nowMs + lifetimeMs };
      const token = await store.issueToken({ username, clientId, scope, ...times });
      if (trialsRemaining !== undefined) {
        await store.setTrials(token.accessToken, cropperService, trialsRemaining);
      }
      return reply.code(201).send(await showToken(token, context));
    },
  );

  app.get<{ Params: TokenParams }>(
    '/accounts/:username/tokens/:token',
    documented('Tokens', 'One token', tokenState, { params: tokenParams }),
    async ({ params }) => showToken(await tokenOf(params, context), context),
  );

  app.patch<{ Params: TokenParams; Body: TokenChange }>(
    '/accounts/:username/tokens/:token',
    documented('Tokens', 'Lets a token expire, revokes it, or sets the trials that it has left', tokenState, {
      params: tokenParams,
      body: tokenChange,
    }),
    async ({ params, body }) => {
      const { expiresIn, revoked, trialsRemaining } = body;
      const { accessToken } = await tokenOf(params, context);
      if (trialsRemaining !== undefined) await store.setTrials(accessToken, cropperService, trialsRemaining);
      await store.changeToken(accessToken, {
        ...(revoked === undefined ? {} : { revoked }),
        ...(expiresIn === undefined
          ? {}
          : { expiresAtMs: clocks.of(params.username).now() + parseDuration(expiresIn) }),
      });
      return showToken(await tokenOf(params, context), context);
    },
  );
}

async function tokenOf({ username, token: name }: TokenParams, { store }: Context): Promise<AccessToken> {
  const token = await store.findToken(name);
  if (token?.username === username) return token;
  throw new ControlProblem(
    404,
    `"${username}" has no such token; GET /accounts/${username}/tokens lists what there is`,
  );
}

async function showToken(token: AccessToken, { store, clocks, config }: Context): Promise<TokenState> {
  const { username, accessToken, refreshToken, scope, issuedAtMs, expiresAtMs, revoked } = token;
  const bundles = (await store.findUser(username))?.bundles ?? [];
  const limit = bundles.find(({ services }) => services.includes(cropperService))?.trials ?? config.trials;
  const expired = clocks.of(username).now() >= expiresAtMs;
  return {
    accessToken,
    refreshToken,
    scope,
    issuedAt: formatTime(issuedAtMs),
    expiresAt: formatTime(expiresAtMs),
    state: revoked ? 'revoked' : expired ? 'expired' : 'live',
    trialsRemaining: await store.countTrials(accessToken, cropperService, limit),
  };
}
