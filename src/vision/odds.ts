/** Logarithm of the odds of something with that probability. */
export function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** The probability of something whose odds have that logarithm. */
export function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
