import { type Responses, samples } from './side-responses.js';

/** The pair of end offsets whose straight connection collects the most response: a Hough transform of one side. */
export function bestEnds(responses: Responses): [number, number] {
  const { offsets } = responses;
  const middle = (offsets - 1) / 2;
  const rest = mostFrom(responses);
  let bestStart = middle;
  let bestEnd = middle;
  let most = 0; // where nothing answers, the side stays
  for (let start = 0; start < offsets; start++) {
    for (let end = 0; end < offsets; end++) {
      const collected = collect(responses, start, end, rest, most);
      if (collected <= most) continue;
      most = collected;
      bestStart = start;
      bestEnd = end;
    }
  }
  return [bestStart, bestEnd];
}

/** Every other sample is collected, and after so many it is asked whether the rest can make up for them. */
const stretch = 12;

/** The most that can be collected from each stretch on. */
function mostFrom({ values, offsets }: Responses): Float64Array {
  const rest = new Float64Array(samples / stretch + 1);
  for (let s = samples - 2; s >= 0; s -= 2) {
    let strongest = 0;
    for (let at = s * offsets; at < (s + 1) * offsets; at++) strongest = Math.max(strongest, values[at]!);
    rest[Math.floor(s / stretch)]! += strongest;
  }
  for (let part = rest.length - 2; part >= 0; part--) rest[part]! += rest[part + 1]!;
  return rest;
}

/** With a mild pull to where the candidate was, worth a tenth of the response at the ends of the range; 0 if it is less than `most`. */
function collect(
  { values, offsets }: Responses,
  start: number,
  end: number,
  rest: Float64Array,
  most: number,
): number {
  const middle = (offsets - 1) / 2;
  const away = Math.max(Math.abs(start - middle), Math.abs(end - middle));
  const pull = 1 - (0.1 * away) / Math.max(1, middle);
  const slope = (end - start) / (samples - 1);
  let total = 0;
  for (let part = 0, s = 0, k = start + 0.5; s < samples; part++) {
    if ((total + rest[part]!) * pull < most) return 0;
    for (const until = s + stretch; s < until; s += 2, k += 2 * slope)
      total += values[s * offsets + (k | 0)]!;
  }
  return total * pull;
}
