import { readFileSync } from 'node:fs';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { parse as parseYaml } from 'yaml';
import type { ErrorName, ErrorOverride } from '../errors.js';
import { deepFreeze } from '../frozen.js';
import { ScenarioProblem } from '../scenarios/grammar.js';
import { assertPlace, type Endpoint, type Rule } from '../scenarios/rules.js';
import { parseScenario, type Scenario } from '../scenarios/scenario.js';
import type { Account } from '../state/store.js';
import { fromText } from '../text-values.js';
import type { Options } from './options.js';
import { readProfile } from './profile.js';
import {
  cropperService,
  environmentName,
  type Latency,
  type Setting,
  type SettingName,
  settingNames,
  settings,
} from './settings.js';

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;
type RowType<Row> = Row extends { schema: infer Schema extends TSchema } ? Static<Schema> : never;
type Rows = typeof settings;
type Optional =
  | 'cors'
  | 'tls-cert'
  | 'tls-key'
  | 'seed'
  | 'profile'
  | 'upstream'
  | 'trials-exhausted-code'
  | 'control-token'
  | 'latency'
  | 'default-scenario';
type Parsed = Exclude<SettingName, 'accounts' | 'errors' | 'rules' | Optional>;

/** The settings of one server: frozen, in camelCase. */
export type Config = { readonly [Name in Parsed as CamelCase<Name>]: RowType<Rows[Name]> } & {
  readonly cors?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly seed?: string;
  readonly profile?: string;
  readonly upstream?: string;
  readonly trialsExhaustedCode?: number;
  readonly latency?: Latency;
  readonly controlToken?: string;
  readonly defaultScenario?: Scenario;
  readonly rules: readonly Rule[];
  readonly accounts: readonly Account[];
  readonly errors: Readonly<Partial<Record<ErrorName, ErrorOverride>>>;
};

export type { Options };

export const servesTls = ({ tls, tlsCert }: Config): boolean => tls !== 'off' || tlsCert !== undefined;

/** Every problem of a configuration, one line each; below that of a broken file, the place in the file. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`the configuration has ${problems.length} problem(s):\n${problems.map(toItem).join('\n')}`);
  }
}

const toItem = (problem: string) => `  - ${problem.trimEnd().replace(/\n(?=.)/g, '\n    ')}`;

export interface ConfigSources {
  /** Library options or parsed flags; they win. */
  readonly options?: Options | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Path of a YAML file; without it the environment's `ID_CROPPER_CONFIG`. */
  readonly file?: string | undefined;
  /** What stands in that file, where it has been read already. */
  readonly document?: ConfigDocument;
}

type Values = Readonly<Record<string, unknown>>;

export interface ConfigDocument {
  readonly values: Values;
  readonly problems: readonly string[];
}

interface Given {
  readonly value: unknown;
  /** Where the value was written, as the user would name it. */
  readonly origin: string;
}

/**
 * Flags or options, then the environment, then the config file, then the profile, then the defaults.
 * @throws {ConfigError} with every problem of all of them.
 */
export function loadConfig(sources: ConfigSources = {}): Config {
  const environment = sources.environment ?? {};
  const document = sources.document ?? readConfigDocument(sources);
  const problems = [...document.problems];
  const file = document.values;

  reportUnknownNames(Object.keys(sources.options ?? {}).map(kebabCase), 'option', problems);
  reportUnknownNames(Object.keys(file), 'config file', problems);
  reportUnknownVariables(environment, problems);

  const find = (name: SettingName) => findValue(name, sources.options ?? {}, environment, file);
  const profile = profileOf(find('profile'), problems);
  const values = settingNames.map((name) => {
    const given = find(name) ?? findInProfile(name, profile);
    if (given !== undefined)
      problems.push(...describeErrors(settings[name].schema, given.value, given.origin));
    return [name, given?.value ?? (settings[name] as Setting).default] as const;
  });
  const parsed = Object.fromEntries(values.filter(([, value]) => value !== undefined));
  const { accounts, trials, rules, 'default-scenario': defaultScenario } = parsed as unknown as ParsedRows;
  if (Value.Check(settings.accounts.schema, accounts)) problems.push(...duplicateCredentials(accounts));
  problems.push(...certificateProblems(parsed));
  if (problems.length > 0) throw new ConfigError(problems);
  const read: ReadScenario = (text, place, endpoint = 'crop') =>
    readScenario(text, place, endpoint, problems);
  const config = deepFreeze({
    ...camelCaseKeys(parsed),
    ...(defaultScenario && { defaultScenario: read(defaultScenario, 'default-scenario') }),
    accounts: toAccounts(accounts, trials, read),
    rules: rules.map(({ endpoint = 'crop', ...rule }, i) => ({
      ...rule,
      endpoint,
      scenario: read(rule.scenario, `rules.${i}`, endpoint),
    })),
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return config as unknown as Config;
}

interface ParsedRows {
  readonly accounts: AccountRows;
  readonly trials: number;
  readonly rules: RowType<Rows['rules']>;
  readonly 'default-scenario'?: string;
}

type ReadScenario = (text: string, place: string, endpoint?: Endpoint) => Scenario | undefined;

function readScenario(
  text: string,
  place: string,
  endpoint: Endpoint,
  problems: string[],
): Scenario | undefined {
  try {
    const scenario = parseScenario(text);
    assertPlace(scenario, endpoint);
    return scenario;
  } catch (error) {
    if (!(error instanceof ScenarioProblem)) throw error;
    problems.push(`${place}: ${error.message}`);
    return undefined;
  }
}

/** For what is no setting, such as the credentials of a server that `conform` visits. */
export const processEnvironment = (): Readonly<Record<string, string | undefined>> => process.env;

/** Where the settings of this process come from; with `processEnvironment` the only reader of its environment. */
export const processSources = (options: Options, file?: string): ConfigSources => ({
  options,
  file,
  environment: process.env,
});

export const configPath = ({ file, environment }: ConfigSources): string | undefined =>
  file ?? environment?.[environmentName('config')];

/** Once: a file may be a pipe. Its own problems are told with all the others. */
export function readConfigDocument(sources: ConfigSources): ConfigDocument {
  const problems: string[] = [];
  return { values: readConfigFile(configPath(sources), problems), problems };
}

function readConfigFile(path: string | undefined, problems: string[]): Values {
  if (path === undefined || path === '') return {};
  try {
    // Every scalar as text, which the schema then reads: a bundle key of digits alone is not a number.
    const document: unknown = parseYaml(readFileSync(path, 'utf8'), { schema: 'failsafe' }) ?? {};
    if (typeof document === 'object' && !Array.isArray(document)) return document as Record<string, unknown>;
    problems.push(`config file ${path}: must hold settings as "name: value" lines`);
  } catch (error) {
    problems.push(`config file ${path}: ${(error as Error).message}`);
  }
  return {};
}

function findValue(
  name: SettingName,
  options: Options,
  environment: Readonly<Record<string, string | undefined>>,
  file: Readonly<Record<string, unknown>>,
): Given | undefined {
  const option = (options as Record<string, unknown>)[camelCase(name)];
  if (option !== undefined) return { value: fromText(settings[name].schema, option), origin: `--${name}` };
  const variable = environment[environmentName(name)];
  if (variable !== undefined && variable !== '' && settings[name].reach !== 'file') {
    return { value: fromText(settings[name].schema, variable), origin: environmentName(name) };
  }
  if (Object.hasOwn(file, name)) {
    return { value: fromText(settings[name].schema, file[name]), origin: `config file: ${name}` };
  }
  return undefined;
}

interface Profile {
  readonly name: string;
  readonly values: Values;
}

function profileOf(given: Given | undefined, problems: string[]): Profile | undefined {
  if (typeof given?.value !== 'string' || given.value === '') return undefined; // The schema says what is wrong.
  return { name: given.value, values: readProfile(given.value, problems) };
}

function findInProfile(name: SettingName, profile: Profile | undefined): Given | undefined {
  if (profile === undefined || !Object.hasOwn(profile.values, name)) return undefined;
  return { value: profile.values[name], origin: `profile ${profile.name}: ${name}` };
}

/** What does not fit, one line each; `origin` is what the user would call the value. */
export function describeErrors(schema: TSchema, value: unknown, origin: string): string[] {
  // A field that a closed object does not have is reported twice: by the object, and as a field that may not be.
  const errors = Value.Errors(schema, value).filter(({ keyword }) => keyword !== 'boolean');
  return errors.map(({ instancePath, message, params }) => {
    const allowed = 'allowedValues' in params ? `: ${params.allowedValues.join(', ')}` : '';
    const unknown = 'additionalProperties' in params ? `: ${String(params.additionalProperties)}` : '';
    // Never an object: it may be an account with its password.
    const plain = value === null || typeof value !== 'object';
    const shown = instancePath === '' && plain ? ` (is ${JSON.stringify(value)})` : '';
    return `${origin}${instancePath.replaceAll('/', '.')} ${message}${allowed}${unknown}${shown}`;
  });
}

function reportUnknownNames(names: readonly string[], where: string, problems: string[]): void {
  for (const name of names) {
    if (!Object.hasOwn(settings, name)) problems.push(`${where}: there is no setting "${name}"`);
  }
}

function reportUnknownVariables(
  environment: Readonly<Record<string, string | undefined>>,
  problems: string[],
): void {
  const known = new Set([
    environmentName('config'),
    ...settingNames.filter((name) => settings[name].reach !== 'file').map(environmentName),
  ]);
  for (const variable of Object.keys(environment)) {
    if (variable.startsWith(environmentName('')) && !known.has(variable)) {
      problems.push(`environment: there is no setting ${variable}`);
    }
  }
}

function certificateProblems({ tls, 'tls-cert': cert, 'tls-key': key }: Values): string[] {
  const pair = [cert, key].filter((path) => path !== undefined);
  if (pair.length === 1) return ['tls-cert and tls-key need each other'];
  return pair.length > 0 && tls === 'self-signed' ? ['tls self-signed and tls-cert exclude each other'] : [];
}

type AccountRows = RowType<Rows['accounts']>;

/** Told by their places, not by their values: some are secrets. */
function duplicateCredentials(accounts: AccountRows): string[] {
  const seen = new Set<string>();
  const credentials = accounts.flatMap((account, i) => [
    [`username ${account.username}`, `accounts.${i}.username`],
    [`client_id ${account.client_id}`, `accounts.${i}.client_id`],
    ...account.bundles.map(({ bundle_key }, j) => [
      `bundle_key ${bundle_key}`,
      `accounts.${i}.bundles.${j}.bundle_key`,
    ]),
  ]) as [credential: string, place: string][];
  return credentials
    .filter(([credential]) => seen.size === seen.add(credential).size)
    .map(([, place]) => `${place} occurs a second time`);
}

function toAccounts(accounts: AccountRows, trials: number, read: ReadScenario): Account[] {
  return accounts.map(({ default_scenario: text, ...account }, i) => {
    const defaultScenario = text === undefined ? undefined : read(text, `accounts.${i}.default_scenario`);
    return {
      username: account.username,
      password: account.password,
      clientId: account.client_id,
      clientSecret: account.client_secret,
      bundles: account.bundles.map((bundle) => ({
        key: bundle.bundle_key,
        hmacKey: bundle.hmac_key,
        trials: bundle.trials ?? trials,
        services: bundle.services ?? [cropperService],
      })),
      ...(defaultScenario && { defaultScenario }),
    };
  });
}

export const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
export const kebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const camelCaseKeys = (values: object) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [camelCase(name), value]));
