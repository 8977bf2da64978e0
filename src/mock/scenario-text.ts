import type { QueueItem } from '../control/queue.js';
import type { ScenarioName, scenarioCatalogue } from '../scenarios/catalogue.js';
import { writeReference } from '../scenarios/grammar.js';

/**
 * The name of a scenario, with parameters or without: `'no-card'`, `'slow;ms=500'`; with numbers for parameters, and a status for a
 * name: `'slow-500'`, `'422-5048'`.
 */
export type ScenarioText =
  | ScenarioName
  | `${ScenarioName};${string}`
  | `${ScenarioName}-${number}`
  | `${number}`
  | `${number}-${number}`;

/** The parameters of a scenario: `ScenarioParameters<'slow'>` is `{ ms?: number }`. */
export type ScenarioParameters<Name extends ScenarioName> = (typeof scenarioCatalogue)[Name] extends {
  readonly parameters: infer Rows;
}
  ? { readonly [Key in keyof Rows]?: Rows[Key] extends { default: infer Value } ? Value : never }
  : unknown;

/** For how many calls, and of which endpoint; one call to the cropper if not said. */
export type NextOptions = Partial<Omit<QueueItem, 'scenario'>>;

/** The parameters that may stand beside a text: those of its name. */
export type ParametersOf<Text extends ScenarioText> =
  Text extends `${infer Name extends ScenarioName};${string}`
    ? ScenarioParameters<Name>
    : Text extends ScenarioName
      ? ScenarioParameters<Text>
      : never;

/** One of several: `'no-card'`, or `{ scenario: 'slow', ms: 500, times: 2 }`. */
export type NextStep =
  | ScenarioText
  | {
      [Name in ScenarioName]: { readonly scenario: Name | `${Name};${string}` } & NextOptions &
        ScenarioParameters<Name>;
    }[ScenarioName];

/** As the control API reads it; what is wrong with it, the server says. */
export function writeScenario(text: string, parameters: object = {}): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return writeReference(text, given);
}

export function writeStep(step: NextStep): object {
  if (typeof step === 'string') return { scenario: step };
  const { scenario, times, endpoint, ...parameters } = step;
  return { scenario: writeScenario(scenario, parameters), times, endpoint };
}
