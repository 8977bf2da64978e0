/** A seeded source of chance. Everything that this project leaves to chance is drawn from one of these. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  uniform(min: number, max: number): number;
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  normal(mean?: number, deviation?: number): number;
  /** A source of its own that depends on the seed and the name only, never on what was drawn before. */
  fork(name: string | number): Random;
}

/**
 * The same seed gives the same draws on every machine.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, passes BigCrush.
 */
export function createRandom(seed: number | string): Random {
  const key = String(seed);
  const next = sfc32(hash128(key));
  const uniform = (min: number, max: number) => min + (max - min) * next();
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    uniform,
    int,
    chance: (probability) => next() < probability,
    pick: <T>(items: readonly T[]) => items[int(0, items.length - 1)] as T,
    normal: (mean = 0, deviation = 1) => mean + deviation * boxMuller(next),
    fork: (name) => createRandom(`${key}/${name}`),
  };
}

type State = readonly [number, number, number, number];

function sfc32(state: State): () => number {
  let [a, b, c, d] = state;
  const next = () => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4294967296;
  };
  // Twelve rounds spread a seed of few bits over the whole state.
  for (let round = 0; round < 12; round++) next();
  return next;
}

/** Four FNV-1a hashes with different offsets, each mixed by murmur3's finaliser. */
function hash128(text: string): State {
  const hash = (offset: number) => {
    let h = (2166136261 ^ offset) | 0;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return h ^ (h >>> 16);
  };
  return [hash(0), hash(0x9e3779b9), hash(0x243f6a88), hash(0xb7e15162)];
}

function boxMuller(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
