import type { FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import type { Exchange } from '../exchange/exchange.js';
import { isStronger, type Way } from '../scenarios/choice.js';
import { ScenarioProblem, splitUnquoted, unquote } from '../scenarios/grammar.js';
import { scenarioOfKey } from '../scenarios/magic-key.js';
import { type Endpoint, findRule } from '../scenarios/rules.js';
import { createScenario, parseScenario, type Scenario } from '../scenarios/scenario.js';
import { peekToken } from './authenticate.js';

type Headers = FastifyRequest['headers'];

/**
 * Station 2 of docs/architecture.md, but for bundle keys (looked at with station 7) and cards (station 10). The one resolver:
 * the stronger of what stands and what comes.
 */
function choose(exchange: Exchange, scenario: Scenario | undefined, by: Way): void {
  if (scenario === undefined) return;
  const { choice } = exchange;
  if (choice !== undefined && (choice.done || !isStronger(by, choice.by))) return;
  exchange.choice = { scenario, by, done: false };
}

/** What a call has been told to do, as far as its headers say: by themselves, or by whose token they carry. */
export async function chooseByHeaders(context: Context, exchange: Exchange, headers: Headers): Promise<void> {
  chooseByHeader(exchange, headers);
  const token = await peekToken(headers, context);
  if (token !== undefined) await chooseForAccount(context, exchange, 'crop', token.username);
}

/** @throws {VendorError} `UNKNOWN_SCENARIO`, with a message that says what there is */
export function chooseByHeader(exchange: Exchange, headers: Headers): void {
  try {
    choose(exchange, scenarioOfHeaders(headers), 'header');
  } catch (error) {
    if (!(error instanceof ScenarioProblem)) throw error;
    throw vendorError('UNKNOWN_SCENARIO', 'header names no scenario', undefined, { en: error.message });
  }
}

/** `X-Mock-Scenario: slow;ms=500`, or RFC 7240's `Prefer: scenario=slow;ms=500` among other preferences. */
function scenarioOfHeaders(headers: Headers): Scenario | undefined {
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

export function chooseByBundleKey({ config }: Context, exchange: Exchange, bundleKey: string): void {
  const name = config.magicKeys ? scenarioOfKey(bundleKey) : undefined;
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
