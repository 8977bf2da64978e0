import type { FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import type { Exchange } from '../exchange/exchange.js';
import { servesControl } from '../exchange/paths.js';
import { isStronger, type Way } from '../scenarios/choice.js';
import { ScenarioProblem } from '../scenarios/grammar.js';
import { scenarioOfKey } from '../scenarios/magic-key.js';
import { assertPlace, type Endpoint, findRule } from '../scenarios/rules.js';
import { parseScenario, type Scenario } from '../scenarios/scenario.js';
import type { AccessToken } from '../state/store.js';
import { peekToken } from './authenticate.js';
import { readWish } from './prefer.js';

type Headers = FastifyRequest['headers'];

/**
 * Station 2 of docs/architecture.md, but for bundle keys (looked at with station 7) and cards (station 10). The one resolver:
 * the stronger of what stands and what comes.
 */
function choose(exchange: Exchange, scenario: Scenario | undefined, by: Way): void {
  if (scenario === undefined || exchange.beside !== undefined) return; // beside an upstream's answer there is no place for one
  const { choice } = exchange;
  if (choice !== undefined && (choice.done || !isStronger(by, choice.by))) return;
  exchange.choice = { scenario, by, done: false };
}

/**
 * What a call has been told to do, as far as its headers say: by themselves, or by whose token they carry.
 * @returns that token, alive or not
 */
export async function chooseByHeaders(
  context: Context,
  exchange: Exchange,
  headers: Headers,
): Promise<AccessToken | undefined> {
  chooseByHeader(context, exchange, headers, 'crop');
  const token = await peekToken(headers, context);
  if (token !== undefined) await chooseForAccount(context, exchange, 'crop', token.username);
  return token;
}

/** @throws {VendorError} `UNKNOWN_SCENARIO`, with a message that says what there is */
export function chooseByHeader(
  { config }: Context,
  exchange: Exchange,
  headers: Headers,
  endpoint: Endpoint,
): void {
  try {
    const wish = readWish(headers);
    if (wish === undefined) return;
    if (wish.by === 'code' && !servesControl(config)) {
      exchange.note = 'Prefer: code and example are passed over where the control API is off';
      return;
    }
    chooseWhereItFits(exchange, wish.of(endpoint), wish.by, endpoint);
  } catch (error) {
    if (!(error instanceof ScenarioProblem)) throw error;
    throw vendorError('UNKNOWN_SCENARIO', `header names no scenario: ${error.message}`, undefined, {
      en: error.message,
    });
  }
}

/** A client may send its header with all of its calls: at the token endpoint, what has no place there is passed over. */
function chooseWhereItFits(exchange: Exchange, scenario: Scenario, by: Way, endpoint: Endpoint): void {
  try {
    assertPlace(scenario, endpoint);
  } catch (error) {
    exchange.note = `passed over: ${(error as Error).message}`;
    return;
  }
  choose(exchange, scenario, by);
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
  choose(exchange, config.magicKeys ? scenarioOfKey(bundleKey) : undefined, 'magic key');
}

/** `code` is what was printed on a card, by anybody: one that names no scenario is none. */
export function chooseByCard(exchange: Exchange, code: string | undefined): void {
  try {
    choose(exchange, code === undefined ? undefined : parseScenario(code), 'magic card');
  } catch (error) {
    if (!(error instanceof ScenarioProblem)) throw error;
    exchange.note = `passed over, from the card: ${error.message}`;
  }
}
