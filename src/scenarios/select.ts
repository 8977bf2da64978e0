import type { IncomingHttpHeaders } from 'node:http';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import type { Exchange } from '../exchange/exchange.js';
import { ScenarioProblem, splitUnquoted, unquote } from './grammar.js';
import { scenarioOfKey } from './magic-key.js';
import { type Endpoint, findRule } from './rules.js';
import { createScenario, parseScenario, type Scenario } from './scenario.js';

/**
 * The ways to choose a scenario, the strongest first. What a call says of itself and what was queued for it come before what
 * holds for calls in general. One that has taken place stays: a fault before the body is not undone by a key in the body.
 */
export const ways = ['header', 'queue', 'magic key', 'magic card', 'rule', 'default'] as const;
export type Way = (typeof ways)[number];

export interface Choice {
  readonly scenario: Scenario;
  readonly by: Way;
  /** Whether it has taken place. */
  done: boolean;
}

/** The one resolver: the stronger of what stands and what comes. */
function choose(exchange: Exchange, scenario: Scenario | undefined, by: Way): void {
  if (scenario === undefined) return;
  const { choice } = exchange;
  if (choice?.done || (choice && ways.indexOf(choice.by) <= ways.indexOf(by))) return;
  exchange.choice = { scenario, by, done: false };
}

/** @throws {VendorError} `UNKNOWN_SCENARIO`, with a message that says what there is */
export function chooseByHeader(exchange: Exchange, headers: IncomingHttpHeaders): void {
  try {
    choose(exchange, scenarioOfHeaders(headers), 'header');
  } catch (error) {
    if (!(error instanceof ScenarioProblem)) throw error;
    throw vendorError('UNKNOWN_SCENARIO', 'header names no scenario', undefined, { en: error.message });
  }
}

/** `X-Mock-Scenario: slow;ms=500`, or RFC 7240's `Prefer: scenario=slow;ms=500` among other preferences. */
function scenarioOfHeaders(headers: IncomingHttpHeaders): Scenario | undefined {
  const own = headers['x-mock-scenario'];
  if (own !== undefined) return parseScenario(String(own));
  const prefer = String(headers.prefer ?? '');
  if (!/scenario\s*=/i.test(prefer)) return undefined;
  const preferences = splitUnquoted(prefer, ',');
  const preference = preferences.find((text) => /^scenario\s*=/i.test(text));
  if (preference === undefined) return undefined;
  const [first = '', ...parameters] = splitUnquoted(preference.replace(/^scenario\s*=\s*/i, ''), ';');
  return parseScenario([unquote(first), ...parameters].join(';'));
}

/** Counts the call, and looks at what was set for its account. */
export async function chooseForAccount(
  { store, config, seed }: Context,
  exchange: Exchange,
  endpoint: Endpoint,
  username: string,
): Promise<void> {
  const { n, queued, account } = await store.beginCall(username, endpoint, exchange.choice === undefined);
  const call = { endpoint, username, n };
  exchange.call = call;
  choose(exchange, queued, 'queue');
  choose(exchange, findRule(config.rules, call, seed)?.scenario, 'rule');
  if (endpoint === 'crop') choose(exchange, account?.defaultScenario ?? config.defaultScenario, 'default');
}

export function chooseByKey(exchange: Exchange, bundleKey: string): void {
  const name = scenarioOfKey(bundleKey);
  choose(exchange, name && createScenario(name), 'magic key');
}

/** `code` is what was printed on a card, by anybody: one that names no scenario is none. */
export function chooseByCard(exchange: Exchange, code: string | undefined): void {
  try {
    choose(exchange, code === undefined ? undefined : parseScenario(code), 'magic card');
  } catch (error) {
    if (!(error instanceof ScenarioProblem)) throw error;
  }
}
