import type { CallName } from './calls.js';

type Point = readonly [x: number, y: number];
type Corners = readonly [Point, Point, Point, Point];

/** What a returned picture is: never the picture. */
export interface PictureFacts {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Degrees by which it has to be turned to lie as the ideal crop does. */
  readonly turn: 0 | 90 | 180 | 270;
  /** Grey levels, 0 to 255, between it (so turned) and what the photo shows where it was cut out, or the ideal crop, on average. */
  readonly difference: number;
  /** Pixels of the ideal crop. */
  readonly ideal: { readonly width: number; readonly height: number };
  /** In pixels of the upright photo: its documents, and where in it the picture was found. */
  readonly outline?: {
    readonly photo: { readonly width: number; readonly height: number };
    readonly documents: readonly Corners[];
    readonly found: Corners;
  };
  /** Of each document of the photo: intersection over union with what came back, and how much of it came back; 0 to 1. */
  readonly overlaps?: readonly Overlap[];
  /** What its rounded corners show: what lies beneath the card, or what was painted there. */
  readonly corners?: 'kept' | 'white' | 'black' | 'transparent';
  /** Whether the colours are those that the photo's profile says. */
  readonly colours?: 'followed' | 'ignored' | 'other';
}

export interface Overlap {
  readonly iou: number;
  readonly covered: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  /** What the body says; undefined where it is no JSON. */
  readonly json: unknown;
  /** The how-manyth call on its token this was, of those that spend a trial. */
  readonly nth: number;
  /** From the first byte of the request to the last of the answer; none where nobody looked at a clock. */
  readonly ms?: number;
  /** Of the request's body. */
  readonly bytesSent?: number;
  readonly picture?: PictureFacts;
  readonly hmac?: 'absent' | 'right' | 'wrong';
}

export type Evidence = ReadonlyMap<CallName, Answer>;

/** A row that cannot be told from what was seen, and why. */
export class Unobserved extends Error {
  override readonly name = 'Unobserved';
}

/** @throws {Unobserved} where the call was not made */
export function answerTo(evidence: Evidence, call: CallName): Answer {
  const answer = evidence.get(call);
  if (answer === undefined) throw new Unobserved(`the call ${call} was not made`);
  return answer;
}

type Members = Readonly<Record<string, unknown>>;

export const membersOf = ({ json }: Answer): Members =>
  typeof json === 'object' && json !== null ? (json as Members) : {};

/** Under whatever key: which one it is, is a row of its own. */
export function messageOf(answer: Answer): string {
  const { message, detail, error } = membersOf(answer);
  return String(message ?? detail ?? error ?? answer.text).slice(0, 1000);
}

/** @throws {Unobserved} for a picture that got no card or no look */
export function cardIn(evidence: Evidence, call: CallName): Answer {
  const answer = answerTo(evidence, call);
  if (answer.status !== 200) throw new Unobserved(`${call} was answered ${answer.status}, without a card`);
  return answer;
}

/** Whether the first call of all, on a token of its own, found no trial: what comes after it says nothing of the picture. */
export const hasNoTrials = (evidence: Evidence) => ![200, undefined].includes(evidence.get('card')?.status);

/** @throws {Unobserved} where it is the answer to a token without trials */
export function answerAbout(evidence: Evidence, call: CallName): Answer {
  if (hasNoTrials(evidence)) throw new Unobserved('a token has no trials');
  const answer = answerTo(evidence, call);
  if (answer.status === 403) throw new Unobserved(`${call} found no trial left on its token`);
  return answer;
}

/** @throws {Unobserved} where the answer has none */
export function counterOf(answer: Answer): number {
  const { trials_remaining: counter } = membersOf(answer);
  if (counter === undefined) throw new Unobserved(`the answer ${answer.status} has no trials_remaining`);
  return Number(counter);
}

export const isSame = (a: Answer, b: Answer): boolean => a.status === b.status && a.text === b.text;

/** The dash is a row of its own, so that a wrong one is one drift, not three. */
export const foldDash = (text: string) => text.replace(/[‐-―−]/g, '-');
