import type { Config } from '../config/config.js';
import type { SettingName } from '../config/settings.js';
import type { ErrorCatalogue } from '../errors.js';
import type { CallName } from './calls.js';
import type { Answer, Evidence } from './evidence.js';

/** How we know: see docs/fidelity.md. */
export type Mark = 'doc' | 'client' | 'stack' | 'ours';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a server with this configuration does. */
export interface Expected {
  readonly config: Config;
  readonly errors: ErrorCatalogue;
}

export interface ContractRow {
  /** What holds, in a sentence. */
  readonly says: string;
  readonly marks: readonly Mark[];
  /** What changes it; none where it is fixed. */
  readonly setting?: SettingName;
  readonly calls: readonly CallName[];
  expect(expected: Expected): Json;
  /** In the same words as `expect`. @throws {Unobserved} */
  observe(evidence: Evidence): Json;
  /**
   * What one answer tells of it by itself, for whoever has both servers' answers to one request: `undefined` where it tells nothing. Where
   * `calls` is one call, that is `observe`. @throws {Unobserved}
   */
  alone?(call: CallName, answer: Answer): Json | undefined;
  /** Whether what was observed is as expected, where that is not to be the same value. */
  agrees?(expected: Json, observed: Json): boolean;
  /** Of a setting that has fields: those that `settle` tells, such as `CARD_NOT_FOUND.code`. */
  readonly settles?: readonly string[];
  /** The value of the setting that makes our server do so. @throws {Unobserved} */
  settle?(evidence: Evidence): Json;
}
