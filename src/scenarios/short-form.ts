import { STATUS_CODES } from 'node:http';
import { type ScenarioName, scenarioCatalogue, scenarioRow } from './catalogue.js';
import { ScenarioProblem } from './grammar.js';

/**
 * What a status stands for where it is written in place of a name. Of several scenarios with a status the one with the
 * documented body; 422 is the one whose code can be chosen.
 */
export const scenarioOfStatus: Readonly<Record<number, ScenarioName>> = {
  200: 'ok',
  400: 'bad-request',
  401: 'invalid-bundle-key',
  403: 'token-expired',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
  422: 'unprocessable',
  429: 'rate-limited',
  500: 'server-error',
  502: 'bad-gateway',
  503: 'busy',
  504: 'gateway-timeout',
};

export interface ShortForm {
  readonly name: ScenarioName;
  readonly given: Readonly<Record<string, string>>;
}

/**
 * A scenario in letters, digits and hyphens alone, for places that take nothing else: `slow-2000` for `slow;ms=2000`, and a status
 * for a name, `422-5048` for `unprocessable;code=5048`, `418` for `error;status=418;message="I'm a Teapot"`.
 * @returns `undefined` for what is not written so
 * @throws {ScenarioProblem} for more numbers than there are parameters
 */
export function readShortForm(text: string): ShortForm | undefined {
  const [, head, tail = ''] = /^([a-z]+(?:-[a-z]+)*|\d{3})((?:-\d+)*)$/.exec(text) ?? [];
  if (head === undefined) return undefined;
  const numbers = tail.split('-').slice(1);
  if (Object.hasOwn(scenarioCatalogue, head)) return withNumbers(head as ScenarioName, numbers);
  return /^\d/.test(head) ? readStatus(Number(head), numbers) : undefined;
}

function readStatus(status: number, numbers: readonly string[]): ShortForm {
  const name = scenarioOfStatus[status];
  if (name !== undefined) return withNumbers(name, numbers);
  const message = STATUS_CODES[status] ?? 'Error';
  return withNumbers('error', [`${status}`, ...numbers], { message });
}

/** Numbers stand for those parameters that are numbers, in their order. */
function withNumbers(
  name: ScenarioName,
  numbers: readonly string[],
  others: Readonly<Record<string, string>> = {},
): ShortForm {
  const parameters = Object.entries(scenarioRow(name).parameters ?? {});
  const keys = parameters.filter(([, row]) => typeof row.default === 'number').map(([key]) => key);
  if (numbers.length > keys.length) {
    const allowed = keys.length === 0 ? 'no number' : `at most ${keys.length}: ${keys.join(', ')}`;
    throw new ScenarioProblem(`the scenario ${name} takes ${allowed} (are ${numbers.length})`);
  }
  const given = numbers.map((value, index) => [keys[index]!, value] as const);
  return { name, given: { ...others, ...Object.fromEntries(given) } };
}
