import type { InspectedCrop } from '../cropper/crop-worker.js';
import type { Place as UploadPlace } from '../cropper/upload-room.js';
import type { JournalEntry } from '../journal/entry.js';
import type { Place } from '../journal/picture-ring.js';
import type { Choice } from '../scenarios/choice.js';
import type { Call } from '../scenarios/rules.js';
import type { Trial } from '../state/store.js';
import type { ImageFormat } from '../vision/types.js';

/**
 * What is known of one request so far, for the log, the journal, the refusals and the scenarios. Stations note here what these
 * need; what a station needs of an earlier one it gets by return. What is optional is not known of every request.
 */
export interface Exchange {
  endpoint: JournalEntry['endpoint'];
  /** The station that it has come to, by its name in scenarios/catalogue.ts; `null` where it has come to none that has a name. */
  station: JournalEntry['station'];
  /** Whose call it is, and the how manieth; known for any token that was ever issued. */
  call?: Call;
  /** What it has been told to do. */
  choice?: Choice;
  /** Of its body, while that or what it has become is held. */
  place?: UploadPlace;
  photo?: NotedPhoto;
  /** The photo, where its memory may be wanted back (`Scratch`). */
  borrowed?: Uint8Array;
  /** As the account of trials stands now: what was spent may have been given back. */
  trial?: Trial;
  /** What the cropper made of the photo. */
  result?: InspectedCrop;
  refusal?: NotedRefusal;
  /** What was asked for and passed over, as the log and the journal tell it. */
  note?: string;
  /** It has got an upstream's answer as it came, and this server's own is another exchange's, for comparison. */
  isRelayed?: true;
  /** Of that other exchange: what the upstream answered, and what comes of the comparison. */
  beside?: Promise<Pick<JournalEntry, 'upstream' | 'drift'>>;
  /** To one of this server's own pages (`isOwn` of paths.ts). */
  isOwn?: boolean;
  /** It ended before its answer: the client has gone, or its body was no HTTP. Stations that it has not come to are not to begin. */
  isAbandoned?: true;
  /** What is to be done then, before the log and the journal are told. */
  abandon?: (() => Promise<void>) | undefined;
  /** Fields of the answer, as the journal may show them. */
  answerBody: JournalEntry['answerBody'];
}

export interface NotedPhoto {
  readonly format: ImageFormat;
  readonly length: number;
  readonly sha256: string;
  /** Where the journal keeps it. */
  readonly place: Place | undefined;
}

/** Why a request was refused, as the log and the journal tell it. */
export interface NotedRefusal {
  /** Row of the error catalogue, or OAuth error; what a proxy would say has none. */
  readonly rule?: string;
  readonly reason: string;
  readonly cause?: unknown;
}

export const newExchange = (): Exchange => ({ endpoint: 'other', station: null, answerBody: null });

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange;
  }
}
