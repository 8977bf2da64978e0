import type { IncomingHttpHeaders } from 'node:http';
import { splitUnquoted, unquote } from '../scenarios/grammar.js';
import { scenarioOfCode } from '../scenarios/prefer-code.js';
import type { Endpoint } from '../scenarios/rules.js';
import { parseScenario, type Scenario } from '../scenarios/scenario.js';

/** What a call asks for by its headers. */
export interface Wish {
  readonly by: 'header' | 'code';
  /** @throws {ScenarioProblem} */
  of(endpoint: Endpoint): Scenario;
}

/**
 * `X-Mock-Scenario: slow;ms=500`, or of RFC 7240's `Prefer`, among other preferences, `scenario=slow;ms=500` or
 * `code=422, example=CARD_NOT_FOUND`; the first that is there, in this order.
 * @throws {ScenarioProblem} for a header that is too long to be read
 */
export function readWish(headers: IncomingHttpHeaders): Wish | undefined {
  const own = headers['x-mock-scenario'];
  if (own !== undefined) return { by: 'header', of: () => parseScenario(String(own)) };
  const prefer = String(headers.prefer ?? '');
  if (!/(?:scenario|code|example)\s*=/i.test(prefer)) return undefined;
  const preferences = splitUnquoted(prefer, ',');
  return wishForScenario(preferences) ?? wishForCode(preferences);
}

/** What follows the name are parameters of the scenario. */
function wishForScenario(preferences: readonly string[]): Wish | undefined {
  const preference = preferences.find((text) => /^scenario\s*=/i.test(text));
  if (preference === undefined) return undefined;
  const [first = '', ...parameters] = splitUnquoted(preference.replace(/^scenario\s*=\s*/i, ''), ';');
  return { by: 'header', of: () => parseScenario([unquote(first), ...parameters].join(';')) };
}

/** `example` may also stand as a parameter of `code`. Of equal ones the first counts, as RFC 7240 says. */
function wishForCode(preferences: readonly string[]): Wish | undefined {
  const parts = preferences.flatMap((preference) => splitUnquoted(preference, ';'));
  const find = (name: string) => {
    const part = parts.find((text) => new RegExp(`^${name}\\s*=`, 'i').test(text));
    return part === undefined ? undefined : unquote(part.slice(part.indexOf('=') + 1).trim());
  };
  const [code, example] = [find('code'), find('example')];
  if (code === undefined && example === undefined) return undefined;
  return { by: 'code', of: (endpoint) => scenarioOfCode(code, example, endpoint) };
}
