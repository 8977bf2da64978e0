import type { ErrorName } from '../errors.js';
import type { AccessToken, OwnedBundle, Trial } from '../state/store.js';
import type { ImageFormat } from '../vision/types.js';

/** What the stations have learned of one request so far; each adds its own line, later ones and the log read it. */
export interface Exchange {
  token?: AccessToken;
  entitlement?: OwnedBundle;
  photo?: { readonly bytes: Buffer; readonly format: ImageFormat };
  trial?: Trial;
  refusal?: { readonly row: ErrorName; readonly reason: string; readonly cause?: unknown };
  /** The OAuth error of a refused token request. */
  tokenRefusal?: string;
  crop?: { readonly width: number; readonly height: number; readonly confidence: number };
}

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange;
  }
}
