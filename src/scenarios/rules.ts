import { createHash } from 'node:crypto';
import Type, { type Static } from 'typebox';
import type { Frozen } from '../frozen.js';
import { type ScenarioName, type Station, scenarioNames, scenarioRow } from './catalogue.js';
import { ScenarioProblem } from './grammar.js';
import type { Scenario } from './scenario.js';

/** Of the vendor's: which of the two a call is to. */
export const endpoints = ['crop', 'token'] as const;
export type Endpoint = (typeof endpoints)[number];

const tokenStations: readonly Station[] = ['gateway', 'answer'];

export const hasPlace = (name: ScenarioName, endpoint: Endpoint): boolean =>
  endpoint === 'crop' || tokenStations.includes(scenarioRow(name).station);

/** @throws {ScenarioProblem} for a scenario that would never take place at that endpoint */
export function assertPlace({ name }: Scenario, endpoint: Endpoint): void {
  if (hasPlace(name, endpoint)) return;
  const possible = scenarioNames.filter((each) => hasPlace(each, 'token'));
  throw new ScenarioProblem(
    `the scenario ${name} has no place at the token endpoint; there are ${possible.join(', ')}`,
  );
}

const nth = Type.Integer({ minimum: 1, maximum: 10 ** 9 });

/** Which calls a rule is for; without conditions for all of them. */
export const ruleConditions = Type.Partial(
  Type.Object({
    endpoint: Type.Enum([...endpoints]),
    /** User name. */
    account: Type.String({ minLength: 1 }),
    /** The n-th call of an account. */
    call: nth,
    /** Every n-th call of an account. */
    every: nth,
    /** This part of the calls. */
    share: Type.Number({ minimum: 0, maximum: 1 }),
  }),
);

/** A scenario for the calls that fit all of its conditions. */
export interface Rule extends Omit<Frozen<Static<typeof ruleConditions>>, 'endpoint'> {
  readonly scenario: Scenario;
  readonly endpoint: Endpoint;
}

/** The n-th call of an account to an endpoint since the account was made or reset. */
export interface Call {
  readonly endpoint: Endpoint;
  readonly username: string;
  readonly n: number;
}

/** The first rule that fits. Chance depends on the seed and on the call alone, not on what other calls came before. */
export function findRule(rules: readonly Rule[], call: Call, seed: string): Rule | undefined {
  return rules.find((rule, index) => fits(rule, call) && draw(seed, index, call) < (rule.share ?? 1));
}

const fits = (rule: Rule, { endpoint, username, n }: Call) =>
  rule.endpoint === endpoint &&
  (rule.account ?? username) === username &&
  (rule.call ?? n) === n &&
  n % (rule.every ?? 1) === 0;

/** A number in [0, 1). */
function draw(seed: string, index: number, { endpoint, username, n }: Call): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, index, endpoint, username, n]))
    .digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}
