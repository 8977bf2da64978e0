import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Frozen } from '../frozen.js';
import { readNumber } from '../text-values.js';
import { type ScenarioName, scenarioCatalogue, scenarioNames, scenarioRow } from './catalogue.js';
import { readReference, ScenarioProblem, writeReference } from './grammar.js';
import { nearestName } from './nearest-name.js';
import { readShortForm } from './short-form.js';

/** A row of the catalogue with a value for each of its parameters. */
export const scenarioSchema = Type.Object({
  name: Type.Enum([...scenarioNames]),
  parameters: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});
export type Scenario = Frozen<Static<typeof scenarioSchema>>;
export type Parameters = Scenario['parameters'];

/**
 * @example parseScenario('slow;ms=500') // { name: 'slow', parameters: { ms: 500 } }
 * @example parseScenario('slow-500') // the same
 * @throws {ScenarioProblem}
 */
export function parseScenario(text: string): Scenario {
  const { name, given } = readReference(text);
  const short = readShortForm(name);
  return createScenario(short?.name ?? name, { ...short?.given, ...given });
}

/** The text that `parseScenario` reads, without what is as it would be anyway. */
export function formatScenario({ name, parameters }: Scenario): string {
  const known = scenarioRow(name).parameters ?? {};
  const given = Object.entries(parameters).filter(([key, value]) => value !== known[key]?.default);
  return writeReference(name, given);
}

/**
 * @param given values of any of the row's parameters, numbers also as text; the others are the row's own
 * @throws {ScenarioProblem}
 */
export function createScenario(name: string, given: Parameters = {}): Scenario {
  if (!isScenarioName(name)) {
    const near = nearestName(name, scenarioNames);
    const hint = near === undefined ? 'there are' : `did you mean ${near}? There are`;
    throw new ScenarioProblem(
      `there is no scenario "${name.slice(0, 100)}"; ${hint} ${scenarioNames.join(', ')}`,
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
  typeof like === 'number' && typeof value === 'string' ? (readNumber(value) ?? value) : value;
