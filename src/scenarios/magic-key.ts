import leven from 'leven';
import { scenarioNames } from './catalogue.js';
import { ScenarioProblem } from './grammar.js';
import { nearestName, spellPlainly } from './nearest-name.js';
import { parseScenario, type Scenario } from './scenario.js';

const length = 32;
const prefix = 'magic-';

/**
 * The bundle key that asks for a scenario on any account, without any set-up. As long as the vendor's keys, for clients that
 * measure them, where the scenario leaves room for it.
 *
 * @param scenario as it is written anywhere: `no-card`, `slow;ms=500`, or `slow-500` where a key may have no `;` and `=`
 * @example magicKey('no-card') // '0000000000000000000magic-no-card'
 * @throws {ScenarioProblem}
 */
export function magicKey(scenario: string): string {
  parseScenario(scenario);
  return `${prefix}${scenario}`.padStart(length, '0');
}

/** The zeros in front are there to fill; `magic-no-card` alone will do. */
export function scenarioOfKey(bundleKey: string): Scenario | undefined {
  const text = textOfKey(bundleKey);
  const scenario = text === undefined ? undefined : tryScenario(text);
  return scenario instanceof ScenarioProblem ? undefined : scenario;
}

const textOfKey = (bundleKey: string) => /^0*magic-(.+)$/s.exec(bundleKey)?.[1];

/**
 * Of a key that is nobody's: what it may have been meant for.
 * @returns `undefined` where it is like no magic key
 */
export function hintOfKey(bundleKey: string): string | undefined {
  const plain = spellPlainly(bundleKey.slice(0, 200)).replace(/^0+/, '');
  const text = restOf(plain);
  const meant = text === undefined ? bareName(plain) : nearestText(text);
  if (meant !== undefined) return `looks like a magic key; did you mean ${prefix}${meant}?`;
  if (!plain.startsWith('magic')) return undefined;
  const problem = tryScenario(textOfKey(bundleKey) ?? '');
  const why = problem instanceof ScenarioProblem && text !== '' ? `, but ${problem.message}` : '';
  return `looks like a magic key${why || '; they are written magic- and the name of a scenario'}`;
}

/** What stands behind `magic`, or behind a word that is nearly that. */
function restOf(plain: string): string | undefined {
  if (plain.startsWith('magic')) return plain.slice('magic'.length).replace(/^-/, '');
  const [word = '', ...rest] = plain.split('-');
  const near = leven(word, 'magic', { maxDistance: 3 }) <= 2;
  return near && nearestText(rest.join('-')) !== undefined ? rest.join('-') : undefined;
}

/** The name of a scenario where a key should be. The vendor's keys are hexadecimal, which no name is. */
const bareName = (plain: string) =>
  /[g-z]/.test(plain) && mayBeginWithName(plain) && !(tryScenario(plain) instanceof ScenarioProblem)
    ? plain
    : undefined;

/** Asked of every key that is nobody's, and cheaper than to read it as a scenario. */
const mayBeginWithName = (plain: string) =>
  /^\d{3}/.test(plain) || scenarioNames.some((name) => plain.startsWith(name));

/** With its numbers, if these are right; `undefined` where the fault is not in the name. */
function nearestText(text: string): string | undefined {
  if (!(tryScenario(text) instanceof ScenarioProblem)) return text;
  const [, head = '', tail = ''] = /^(.*?)((?:-\d+)*)$/.exec(text) ?? [];
  const name = nearestName(head, scenarioNames);
  if (name === undefined || name === head) return undefined;
  return tryScenario(`${name}${tail}`) instanceof ScenarioProblem ? name : `${name}${tail}`;
}

function tryScenario(text: string): Scenario | ScenarioProblem {
  try {
    return parseScenario(text);
  } catch (error) {
    if (error instanceof ScenarioProblem) return error;
    throw error;
  }
}
