import { answerRows } from './answer-rows.js';
import { errorRows } from './error-rows.js';
import { requestRows } from './request-rows.js';
import type { ContractRow } from './row.js';

/**
 * What `conform` checks, our tests check and docs/fidelity.md says, as data: a sentence, how we know, which setting changes it, what a server with
 * given settings does, and how that is seen in its answers. Each row looks at one thing, so that one deviation is one drift.
 */
export const contract = { ...requestRows, ...errorRows, ...answerRows };

export type RowName = keyof typeof contract;
export const rowNames = Object.keys(contract) as RowName[];
export const contractRow = (name: RowName): ContractRow => contract[name];
