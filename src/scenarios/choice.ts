import type { Scenario } from './scenario.js';

/**
 * The ways to choose a scenario, the strongest first. What a call says of itself and what was queued for it come before what
 * holds for calls in general. `code` is a header too, `Prefer: code=422`, as users of Prism send it. One that has taken place stays: a fault before the body is not undone by a key in the body.
 */
export const ways = ['header', 'code', 'queue', 'magic key', 'magic card', 'rule', 'default'] as const;
export type Way = (typeof ways)[number];

export interface Choice {
  readonly scenario: Scenario;
  readonly by: Way;
  /** Whether it has taken place. */
  done: boolean;
}

/** Whether one way comes before another. */
export const isStronger = (way: Way, other: Way) => ways.indexOf(way) < ways.indexOf(other);
