import { randomUUID } from 'node:crypto';
import { createJournal, type Journal } from '../journal/journal.js';
import type { JournalLimits } from '../journal/picture-shelf.js';
import { type Controls, ownControls } from './controls.js';
import { createIdentifiers, type Identifiers } from './identifiers.js';
import { createMemoryStore } from './memory-store.js';
import type { Account, Store } from './store.js';

/** All that is remembered, in this process or on a server that replicas share. */
export interface State {
  /** What names and chance are drawn from; known once it is open. */
  readonly seed: string;
  readonly identifiers: Identifiers;
  readonly store: Store;
  readonly controls: Controls;
  readonly journal: Journal;
  /** Why it cannot be used at the moment. */
  readonly problem: string | undefined;
  /** Before the first request. @throws {Error} where it cannot be used */
  open(log: StateLog): Promise<void>;
  close(): Promise<void>;
}

/** Where it is said what became of it: the server's log. */
export interface StateLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What a state is made for. The functions are asked whenever it matters, as the settings may change. */
export interface Simulation {
  readonly seed: string | undefined;
  /** Of the configuration. */
  accounts(): readonly Account[];
  journalLimits(): JournalLimits;
  /** How long a crop can take at most, and its answer be on the way. */
  longestCropMs(): number;
}

/** Nothing of it survives the process. */
export function createMemoryState(simulation: Simulation): State {
  const { seed = randomUUID() } = simulation;
  const identifiers = createIdentifiers(seed);
  return {
    seed,
    identifiers,
    store: createMemoryStore(simulation.accounts(), identifiers),
    controls: ownControls,
    journal: createJournal(simulation.journalLimits),
    problem: undefined,
    open: async () => {},
    close: async () => {},
  };
}
