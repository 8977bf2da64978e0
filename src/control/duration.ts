import Type from 'typebox';
import { ControlProblem } from './problem.js';

/** Milliseconds, or text such as `90s`, `10m`, `1h30m`, `-2d`. */
export const duration = Type.Union([Type.Number(), Type.String()], {
  description: 'milliseconds, or text such as 500ms, 90s, 10m, 1h30m, 2d',
});

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** @throws {ControlProblem} */
export function parseDuration(value: number | string): number {
  if (typeof value === 'number') return value;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (!/^-?(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(value)) {
    throw new ControlProblem(
      422,
      `"${value.slice(0, 100)}" is no duration; write 500ms, 90s, 10m, 1h30m or 2d`,
    );
  }
  const sum = parts.reduce((total, [, number, unit]) => total + Number(number) * unitMs[unit!]!, 0);
  return value.startsWith('-') ? -sum : sum;
}
