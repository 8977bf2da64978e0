import type { IncomingHttpHeaders } from 'node:http';
import type { Exchange } from '../exchange/exchange.js';
import type { Theirs } from './forward.js';

/** A call that the upstream has answered, until this server has answered it too. */
export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly endpoint: Exchange['endpoint'];
  readonly theirs: Theirs;
  /** Of their body; empty where it cannot be read. */
  readonly text: string;
  /** Other calls were under way with the same token: their counters come in any order. */
  readonly overlaps: boolean;
}

/** The members of an object; none of what is none. */
export function membersOfText(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
