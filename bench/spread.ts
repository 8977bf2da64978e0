/** 0 of nothing, like the others here. */
export function median(values: readonly number[]): number {
  return ascending(values)[Math.floor(values.length / 2)] ?? 0;
}

/** Of ten values and fewer the largest. */
export function percentile90(values: readonly number[]): number {
  return ascending(values)[Math.ceil(values.length * 0.9) - 1] ?? 0;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
