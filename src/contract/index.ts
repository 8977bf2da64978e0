import { answerRows } from './answer-rows.js';
import type { CallName } from './calls.js';
import { errorRows } from './error-rows.js';
import { type Answer, Unobserved } from './evidence.js';
import { requestRows } from './request-rows.js';
import type { ContractRow, Json } from './row.js';

/**
 * What `conform` checks, our tests check and docs/fidelity.md says, as data: a sentence, how we know, which setting changes it, what a server with
 * given settings does, and how that is seen in its answers. Each row looks at one thing, so that one deviation is one drift.
 */
export const contract = { ...requestRows, ...errorRows, ...answerRows };

export type RowName = keyof typeof contract;
export const rowNames = Object.keys(contract) as RowName[];
export const contractRow = (name: RowName): ContractRow => contract[name];

/** What one answer to a call tells of a row by itself; `undefined` where it tells nothing. */
export function observeAlone(name: RowName, call: CallName, answer: Answer): Json | undefined {
  const row = contractRow(name);
  try {
    if (row.alone !== undefined) return row.alone(call, answer);
    const isItsCall = row.calls.length === 1 && row.calls[0] === call;
    return isItsCall ? row.observe(new Map([[call, answer]])) : undefined;
  } catch (error) {
    if (error instanceof Unobserved) return undefined;
    throw error;
  }
}
