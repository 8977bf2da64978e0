import Type, { type Static } from 'typebox';
import { readNumber } from '../text-values.js';
import { ControlProblem } from './problem.js';

/** Milliseconds, or text such as `90s`, `10m`, `1h30m`, `-2d`. */
export const duration = Type.Union([Type.Number(), Type.String()], {
  description: 'milliseconds, or text such as 500ms, 90s, 10m, 1h30m, 2d',
});

export type Duration = Static<typeof duration>;

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** @throws {ControlProblem} */
export function parseDuration(value: Duration): number {
  const ms = readDuration(value);
  if (ms !== undefined) return ms;
  const shown = String(value).slice(0, 100);
  throw new ControlProblem(422, `"${shown}" is no duration; write 500ms, 90s, 10m, 1h30m or 2d`);
}

/** Milliseconds, or `undefined` where the text is no duration. */
export function readDuration(value: Duration): number | undefined {
  if (typeof value === 'number') return value;
  const plain = readNumber(value); // a number in a query
  if (plain !== undefined) return plain;
  if (!/^-?(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(value)) return undefined;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  const sum = parts.reduce((total, [, number, unit]) => total + Number(number) * unitMs[unit!]!, 0);
  return value.startsWith('-') ? -sum : sum;
}
