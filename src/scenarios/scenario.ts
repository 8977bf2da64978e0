import { Value } from 'typebox/value';
import { type ScenarioName, scenarioCatalogue, scenarioNames, scenarioRow } from './catalogue.js';

/** A row of the catalogue with a value for each of its parameters. */
export interface Scenario {
  readonly name: ScenarioName;
  readonly parameters: Parameters;
}

export type Parameters = Readonly<Record<string, string | number>>;

/** What is wrong with a scenario, and what is allowed. */
export class ScenarioProblem extends Error {
  override readonly name = 'ScenarioProblem';
}

/**
 * Reads `name`, or `name; parameter=value; parameter="a value"`, as HTTP headers write such things.
 *
 * @example parseScenario('slow;ms=500') // { name: 'slow', parameters: { ms: 500 } }
 * @throws {ScenarioProblem}
 */
export function parseScenario(text: string): Scenario {
  const [name = '', ...pairs] = splitUnquoted(text, ';').filter((part) => part !== '');
  return createScenario(name, Object.fromEntries(pairs.map(readPair)));
}

/** The text that `parseScenario` reads, without what is as it would be anyway. */
export function formatScenario({ name, parameters }: Scenario): string {
  const known = scenarioRow(name).parameters ?? {};
  const given = Object.entries(parameters).filter(([key, value]) => value !== known[key]?.default);
  return [name, ...given.map(([key, value]) => `${key}=${quoteIfNeeded(String(value))}`)].join(';');
}

/**
 * @param given values of any of the row's parameters, numbers also as text; the others are the row's own
 * @throws {ScenarioProblem}
 */
export function createScenario(name: string, given: Parameters = {}): Scenario {
  if (!isScenarioName(name)) {
    throw new ScenarioProblem(
      `there is no scenario "${name.slice(0, 100)}"; there are ${scenarioNames.join(', ')}`,
    );
  }
  const known = scenarioRow(name).parameters ?? {};
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(known, key));
  if (unknown !== undefined) {
    const allowed = Object.keys(known).join(', ') || 'no parameters';
    throw new ScenarioProblem(
      `the scenario ${name} has no parameter "${unknown.slice(0, 100)}"; it takes ${allowed}`,
    );
  }
  const parameters = Object.fromEntries(
    Object.entries(known).map(([key, row]) => [key, asTyped(given[key] ?? row.default, row.default)]),
  );
  for (const [key, { schema }] of Object.entries(known)) {
    const error = Value.Errors(schema, parameters[key])[0];
    if (error) {
      const shown = JSON.stringify(parameters[key]).slice(0, 100);
      throw new ScenarioProblem(`the scenario ${name}: ${key} ${error.message} (is ${shown})`);
    }
  }
  return { name, parameters };
}

const isScenarioName = (name: string): name is ScenarioName => Object.hasOwn(scenarioCatalogue, name);

const asTyped = (value: string | number, like: string | number) =>
  typeof like === 'number' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
    ? Number(value)
    : value;

function readPair(pair: string): [string, string] {
  const [key = '', ...rest] = pair.split('=');
  if (rest.length === 0) throw new ScenarioProblem(`"${pair.slice(0, 100)}" is not parameter=value`);
  return [key.trim(), unquote(rest.join('=').trim())];
}

/** The longest message in quotes fits; quotes without end take quadratic time. */
const longestText = 2000;

/**
 * Parts between separators that stand outside double quotes, trimmed.
 * @throws {ScenarioProblem}
 */
export function splitUnquoted(text: string, separator: ';' | ','): string[] {
  if (text.length > longestText)
    throw new ScenarioProblem(`a scenario has ${longestText} characters at most`);
  const parts = text.match(
    separator === ';' ? /(?:"(?:[^"\\]|\\.)*"|[^;])+/g : /(?:"(?:[^"\\]|\\.)*"|[^,])+/g,
  );
  return (parts ?? []).map((part) => part.trim());
}

export const unquote = (text: string) =>
  /^".*"$/s.test(text) ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;

export const quoteIfNeeded = (text: string) =>
  /^[^\s",;\\]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
