import { type ErrorName, errorCatalogue } from '../errors.js';
import { scenarioNames, scenarioRow } from './catalogue.js';
import { ScenarioProblem } from './grammar.js';
import { nearestName } from './nearest-name.js';
import { type Endpoint, hasPlace } from './rules.js';
import { createScenario, parseScenario, type Scenario } from './scenario.js';

/**
 * What `Prefer: code=422, example=CARD_NOT_FOUND` asks for, as users of Prism write it: an answer of the OpenAPI document by its
 * status, by the name of its example, or by both.
 *
 * @param example a row of the error catalogue, as the document names its examples, or a scenario
 * @throws {ScenarioProblem}
 */
export function scenarioOfCode(
  code: string | undefined,
  example: string | undefined,
  endpoint: Endpoint,
): Scenario {
  if (example === undefined) return ofStatus(code ?? '', endpoint);
  const scenario = ofExample(example);
  if (code !== undefined && code !== statusOf(scenario)) {
    throw new ScenarioProblem(
      `example=${example.slice(0, 100)} answers ${statusOf(scenario)}, not code=${code.slice(0, 100)}`,
    );
  }
  return scenario;
}

/** Where the usual one has no place at that endpoint, another of that status which has. */
function ofStatus(code: string, endpoint: Endpoint): Scenario {
  if (/^(?:200|[45]\d\d)(?:-\d+)?$/.test(code)) {
    const scenario = parseScenario(code);
    const other = scenarioNames.find(
      (name) => hasPlace(name, endpoint) && `${scenarioRow(name).status}` === code,
    );
    return hasPlace(scenario.name, endpoint) || other === undefined ? scenario : createScenario(other);
  }
  throw new ScenarioProblem(
    `code=${code.slice(0, 100)} is none that can be asked for; there are 200, and 400 to 599`,
  );
}

/** As text, since that is how a header has it. */
function statusOf({ name, parameters }: Scenario): string {
  const { status, effect } = scenarioRow(name);
  return `${effect.kind === 'error' ? parameters.status : (status ?? 200)}`;
}

function ofExample(example: string): Scenario {
  const row = Object.keys(errorCatalogue).find((name) => name === example.toUpperCase()) as
    | ErrorName
    | undefined;
  if (row !== undefined) return ofRow(row);
  try {
    return parseScenario(example === exampleOfSuccess ? 'ok' : example);
  } catch (problem) {
    const near = nearestName(
      example,
      Object.keys(errorCatalogue).map((name) => name.toLowerCase().replaceAll('_', '-')),
    );
    if (near === undefined) throw problem;
    const meant = near.toUpperCase().replaceAll('-', '_');
    throw new ScenarioProblem(`there is no example "${example.slice(0, 100)}"; did you mean ${meant}?`);
  }
}

/** How the document names the example of a 200. */
const exampleOfSuccess = 'id_cropper';

/** The scenario that pretends that row; where there is none, its status and text. */
function ofRow(row: ErrorName): Scenario {
  const name = scenarioNames.find((each) => {
    const { effect } = scenarioRow(each);
    return effect.kind === 'refuse' && effect.row === row;
  });
  if (name !== undefined) return createScenario(name);
  if (row === 'UNPROCESSABLE') return createScenario('unprocessable');
  if (row.startsWith('TRIALS_EXHAUSTED')) return createScenario('trials-exhausted');
  return createScenario('error', { status: errorCatalogue[row].status, message: errorCatalogue[row].en });
}
