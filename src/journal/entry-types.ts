// Written by `npm run docs` from the schemas in entry.ts.

/** One request as the journal remembers it. No secret in it: keys, tokens and passwords are cut to their first characters. */
export type JournalEntry = {
  /** In the order in which requests ended, from 1. */
  id: number;
  /** When it ended, on the server's clock (ISO 8601). */
  at: string;
  /** Other: a path or a method that is none of the vendor's. */
  endpoint: 'crop' | 'token' | 'other';
  /** User name, where it is known. */
  account: string | null;
  method: string;
  /** Without the query. */
  path: string;
  requestHeaders: Record<string, string>;
  requestBody: Record<string, unknown> | null;
  /** Unanswered: one of the two hung up; broken: what came was no HTTP. */
  ended: 'answered' | 'unanswered' | 'broken';
  /** Of the answer; null where there was none. */
  status: number | null;
  answerHeaders: Record<string, string>;
  /** Without the crop. */
  answerBody: Record<string, unknown> | null;
  /** The station that decided. */
  station: 'gateway' | 'intake' | 'authenticate' | 'body' | 'entitle' | 'photo' | 'trials' | 'crop' | 'answer' | null;
  /** Row of the error catalogue, or OAuth error. */
  rule: string | null;
  /** Why it was refused, and what to do. */
  reason: string | null;
  /** What it asked for and did not get: a scenario that has no place there. */
  note: string | null;
  scenario: {
    name: 'ok' | 'bad-request' | 'invalid-bundle-key' | 'token-expired' | 'trials-exhausted' | 'not-found' | 'too-large' | 'unsupported-media-type' | 'no-card' | 'image-unreadable' | 'image-too-small' | 'image-too-large' | 'unprocessable' | 'server-error' | 'worker-dies' | 'busy' | 'error' | 'rate-limited' | 'bad-gateway' | 'service-unavailable' | 'gateway-timeout' | 'slow' | 'slow-uniform' | 'slow-log-normal' | 'time-out' | 'connection-reset' | 'empty-reply' | 'cut-body' | 'garbled-json' | 'slow-dribble' | 'bad-signature';
    /** With its parameters. */
    text: string;
    chosenBy: 'header' | 'code' | 'queue' | 'magic key' | 'magic card' | 'rule' | 'default';
  } | null;
  /** The n-th call of the account to this endpoint. */
  call: number | null;
  transactionId: string | null;
  /** Of the token, after this call. */
  trialsRemaining: number | null;
  photo: {
    /** Jpeg, png or webp. */
    format: string;
    bytes: number;
    sha256: string;
    /** Pixels of the upright picture; null where nobody looked. */
    width: number | null;
    height: number | null;
    /** Whether the journal still has the picture itself. */
    kept: boolean;
  } | null;
  crop: {
    /** Jpeg, png or webp. */
    format: string;
    bytes: number;
    sha256: string;
    /** Pixels of the upright picture; null where nobody looked. */
    width: number | null;
    height: number | null;
    /** Whether the journal still has the picture itself. */
    kept: boolean;
    /** In the photo, clockwise from the top-left as seen. */
    corners: (readonly [x: number, y: number])[];
    /** Printed on the card. */
    code: string | null;
  } | null;
  /** Of the detector, also where it found no card. */
  confidence: number | null;
  /** The outlines that the detector weighed most, best first. */
  candidates: {
    /** In pixels of the upright photo. */
    corners: (readonly [x: number, y: number])[];
    /** How it came about, such as network or lines. */
    source: string;
    /** The confidence that it would have been answered with. */
    score: number;
  }[] | null;
  /** Milliseconds per stage in the worker. */
  timings: Record<string, number> | null;
  /** Milliseconds from the first byte to the last. */
  ms: number;
  /** With the setting upstream: the answer that the client got; all the rest is what this server would have answered. */
  upstream: {
    status: number;
    headers: Record<string, string>;
    /** Without the crop. */
    body: Record<string, unknown> | null;
    crop: {
      format: string;
      width: number;
      height: number;
      bytes: number;
      sha256: string;
    } | null;
    /** Milliseconds until its answer was there. */
    ms: number;
  } | null;
  /** In what the two differ; null where they were not compared. */
  drift: {
    /** Of the contract (docs/fidelity.md); status: where the statuses differ and no row says so. */
    row: string;
    /** In the row's words. */
    ours: unknown;
    theirs: unknown;
  }[] | null;
};

/** Which entries are asked for: those that meet every condition given. */
export type JournalFilter = {
  /** User name. */
  account?: string;
  /** Other: a path or a method that is none of the vendor's. */
  endpoint?: 'crop' | 'token' | 'other';
  method?: string;
  /** Without the query. */
  path?: string;
  /** Of the answer. */
  status?: number;
  /** The station that decided. */
  station?: 'gateway' | 'intake' | 'authenticate' | 'body' | 'entitle' | 'photo' | 'trials' | 'crop' | 'answer';
  /** Row of the error catalogue, or OAuth error. */
  rule?: string;
  /** That took place. */
  scenario?: 'ok' | 'bad-request' | 'invalid-bundle-key' | 'token-expired' | 'trials-exhausted' | 'not-found' | 'too-large' | 'unsupported-media-type' | 'no-card' | 'image-unreadable' | 'image-too-small' | 'image-too-large' | 'unprocessable' | 'server-error' | 'worker-dies' | 'busy' | 'error' | 'rate-limited' | 'bad-gateway' | 'service-unavailable' | 'gateway-timeout' | 'slow' | 'slow-uniform' | 'slow-log-normal' | 'time-out' | 'connection-reset' | 'empty-reply' | 'cut-body' | 'garbled-json' | 'slow-dribble' | 'bad-signature';
  /** Entries with a larger id. */
  after?: number;
  /** Entries with a smaller id. */
  before?: number;
};
