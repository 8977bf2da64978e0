/** Where the centres of `count` equal parts of `size` pixels fall: two pixels and the share of the second. */
export interface SamplePositions {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float64Array;
}

export function samplePositions(size: number, count: number): SamplePositions {
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const share = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const position = Math.min(size - 1, Math.max(0, ((i + 0.5) * size) / count - 0.5));
    first[i] = Math.floor(position);
    second[i] = Math.min(size - 1, first[i]! + 1);
    share[i] = position - first[i]!;
  }
  return { first, second, share };
}

/** Per target pixel along one axis, the weights of `taps` source pixels from `start` on. */
export interface FilterWeights {
  readonly taps: number;
  readonly start: Int32Array;
  /** `taps` weights each. */
  readonly weights: Float64Array;
}

/** Sampling between two pixels and the binomial blur of three samples in one; at the rim, the sample itself stands in. `size` of the source. */
export function blurredSampling({ first, second, share }: SamplePositions, size: number): FilterWeights {
  const count = first.length;
  let taps = 1;
  for (let i = 0; i < count; i++) {
    taps = Math.max(taps, second[Math.min(count - 1, i + 1)]! - first[Math.max(0, i - 1)]! + 1);
  }
  const start = new Int32Array(count);
  const weights = new Float64Array(count * taps);
  const addSample = (origin: number, sample: number, weight: number): void => {
    weights[origin + first[sample]!]! += weight * (1 - share[sample]!);
    weights[origin + second[sample]!]! += weight * share[sample]!;
  };
  for (let i = 0; i < count; i++) {
    const before = Math.max(0, i - 1);
    const after = Math.min(count - 1, i + 1);
    start[i] = Math.min(first[before]!, size - taps);
    const origin = i * taps - start[i]!;
    addSample(origin, before, 0.25);
    addSample(origin, i, 0.5);
    addSample(origin, after, 0.25);
  }
  return { taps, start, weights };
}
