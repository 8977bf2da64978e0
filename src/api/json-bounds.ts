/**
 * What JSON asks of its parser: 18 MB in 1.5 million members keep one busy for five seconds. Counted on the bytes, in a hundredth of
 * that; strings are passed over at the speed of memory.
 */
export interface JsonLimits {
  /** Members and elements, of all objects and arrays together. */
  readonly values: number;
  readonly depth: number;
}

export interface JsonOutline {
  /** Which limit it breaks, in the words of the log. */
  readonly fault?: string;
  /** Between its quotes, where the outermost object has one such member whose value is a string without escapes. */
  readonly member?: readonly [start: number, end: number];
}

const quote = 0x22;
const backslash = 0x5c;
/** Shorter strings are over before the call to the native search is. */
const shortString = 24;

/**
 * @param bytes UTF-8; what is no JSON is passed over, as the parser will say so
 * @param name of the member that is looked for
 */
export function outlineJson(bytes: Buffer, { values, depth }: JsonLimits, name: string): JsonOutline {
  const member = memberFinder(bytes, name);
  let open = 0;
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case quote: {
        const end = endOfString(bytes, at + 1);
        if (end < 0) return {};
        if (open === 1) member.string(at + 1, end);
        at = end;
        break;
      }
      case 0x7b: // {
      case 0x5b: // [
        if (++open > depth) return { fault: `it is nested deeper than ${depth} (max-json-depth)` };
        if (++count > values) return { fault: `it has more than ${values} values (max-json-values)` };
        break;
      case 0x7d: // }
      case 0x5d: // ]
        open--;
        break;
      case 0x2c: // ,
        if (++count > values) return { fault: `it has more than ${values} values (max-json-values)` };
        if (open === 1) member.comma();
        break;
      case 0x3a: // :
        if (open === 1) member.colon();
    }
  }
  return member.found();
}

/** @returns where the closing quote stands; less than 0 where there is none */
function endOfString(bytes: Buffer, start: number): number {
  let at = start;
  for (;;) {
    for (const near = at + shortString; at < near; at++) {
      if (bytes[at] === quote) return at;
      if (bytes[at] === backslash) at++;
    }
    const end = bytes.indexOf(quote, at);
    if (end < 0 || !isEscaped(bytes, at, end)) return end;
    at = end + 1;
  }
}

/** By an odd number of backslashes before it. */
function isEscaped(bytes: Buffer, start: number, at: number): boolean {
  let first = at;
  while (first > start && bytes[first - 1] === backslash) first--;
  return (at - first) % 2 === 1;
}

/** Told what the outermost object consists of. */
function memberFinder(bytes: Buffer, name: string) {
  let latest: readonly [start: number, end: number] | undefined;
  let value: readonly [start: number, end: number] | undefined;
  let isValue = false;
  let times = 0;
  return {
    string: (start: number, end: number) => {
      latest = [start, end];
      if (isValue) value = latest;
    },
    colon: () => {
      isValue = latest !== undefined && bytes.toString('latin1', ...latest) === name;
      if (isValue) times++;
    },
    comma: () => {
      isValue = false;
    },
    found: (): JsonOutline =>
      times === 1 && value !== undefined && !bytes.subarray(...value).includes(backslash)
        ? { member: value }
        : {},
  };
}
