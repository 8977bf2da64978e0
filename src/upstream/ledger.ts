import { createHash } from 'node:crypto';

/** A token of the upstream, and the one of this server's that stands for it. The token itself is not kept, only its hash. */
export interface Pair {
  readonly accessToken: string;
  /** Its login was seen here, so that nobody has called with it before. */
  readonly isWhole: boolean;
  /** What the upstream has said that it has left; unknown before its first answer that says so. */
  left: number | undefined;
  /** Of the calls since that answer: what should have spent none. */
  readonly since: Set<'trials-400' | 'trials-401-415'>;
}

interface Use {
  open: number;
  overlaps: boolean;
}

const most = 1000;
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

function put<Value>(map: Map<string, Value>, secret: string, value: Value): Value {
  if (map.size >= most) map.delete(map.keys().next().value!);
  map.set(hashOf(secret), value);
  return value;
}

/** Which tokens of the upstream have been seen: the last thousand. */
export function createLedger() {
  const pairs = new Map<string, Pair>();
  const refreshTokens = new Map<string, string>();
  const inUse = new Map<string, Use>();

  return {
    find: (theirs: string) => pairs.get(hashOf(theirs)),
    add: (theirs: string, accessToken: string, isWhole: boolean): Pair =>
      put(pairs, theirs, { accessToken, isWhole, left: undefined, since: new Set() }),
    findRefresh: (theirs: string) => refreshTokens.get(hashOf(theirs)),
    addRefresh: (theirs: string, ours: string) => put(refreshTokens, theirs, ours),

    /** A call with this token begins. @returns what is to be called at its end, which says whether another was under way meanwhile */
    begin: (theirs: string | undefined): (() => boolean) => {
      if (theirs === undefined) return () => false;
      const key = hashOf(theirs);
      const use = inUse.get(key) ?? { open: 0, overlaps: false };
      inUse.set(key, use);
      use.open += 1;
      if (use.open > 1) use.overlaps = true;
      return () => {
        use.open -= 1;
        if (use.open === 0) inUse.delete(key);
        return use.overlaps;
      };
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;
