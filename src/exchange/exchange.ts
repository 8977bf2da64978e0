import type { InspectedCrop } from '../cropper/crop-worker.js';
import type { ErrorName } from '../errors.js';
import type { Place } from '../journal/picture-ring.js';
import type { Station } from '../scenarios/catalogue.js';
import type { Call, Endpoint } from '../scenarios/rules.js';
import type { Choice } from '../scenarios/select.js';
import type { AccessToken, OwnedBundle, Trial } from '../state/store.js';
import type { ImageFormat } from '../vision/types.js';

export interface Photo {
  /** Gone once the cropper has taken them. */
  readonly bytes: Buffer;
  readonly format: ImageFormat;
  /** What the journal noted while they were there. */
  size?: number;
  sha256?: string;
  place?: Place | undefined;
}

/** What the stations have learned of one request so far; each adds its own line, later ones and the log read it. */
export interface Exchange {
  /** Which endpoint of the vendor's it is for, if any. */
  endpoint?: Endpoint;
  /** The station that it has come to. */
  station?: Station;
  /** Whose call it is, and the how manieth; known for any token that was ever issued. */
  call?: Call;
  /** What it has been told to do. */
  choice?: Choice;
  token?: AccessToken;
  entitlement?: OwnedBundle;
  photo?: Photo;
  trial?: Trial;
  refusal?: { readonly row: ErrorName; readonly reason: string; readonly cause?: unknown };
  /** The OAuth error of a refused token request. */
  tokenRefusal?: string;
  /** Fields of the answer, as the journal may show them. */
  answerBody?: Record<string, unknown> | null;
  /** What the cropper made of the photo. */
  result?: InspectedCrop;
}

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange;
  }
}
