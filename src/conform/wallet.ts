import type { Received } from './client.js';

/** What is known of the token in use. */
export interface Token {
  readonly value: string;
  /** Calls that were made with it, and those of them that reach the cropper. */
  used: number;
  spending: number;
  /** Trials left, once an answer has said so. */
  left: number | undefined;
}

/** @param trials that tokens have, where an earlier one has shown it */
export const newToken = (value: string, trials: number | undefined): Token => ({
  value,
  used: 0,
  spending: 0,
  left: trials,
});

/** Keeps the count after a call that reaches the cropper. An answer that does not say how many are left has spent one if it is 200 or 422. */
export function recordSpending(token: Token, { status }: Received, json: unknown): void {
  token.spending += 1;
  const counter = Number(
    (json as { trials_remaining?: unknown } | undefined)?.trials_remaining ?? Number.NaN,
  );
  if (Number.isInteger(counter)) token.left = counter;
  else if (status === 200 || status === 422)
    token.left = token.left === undefined ? undefined : token.left - 1;
  else if (status === 401 || status === 403) token.left = 0;
}
