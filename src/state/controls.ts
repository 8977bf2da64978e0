/**
 * What a process has a copy of, since it is asked for all the time: its clocks, and the settings that were changed. Where replicas
 * share their state, this is how the copies stay the same.
 */
export interface Controls {
  /** Brings the copy up to date; at the beginning of every request, so that what one replica was told holds in all of them. */
  refresh(): Promise<void>;
  /**
   * Changes the copy, and all the others with it.
   * @param mutate may be called again, on a newer copy, when another replica was quicker. What it throws changes nothing.
   */
  change<Result>(mutate: () => Result): Promise<Result>;
}

/** The only copy. */
export const ownControls: Controls = {
  refresh: async () => {},
  change: async (mutate) => mutate(),
};
