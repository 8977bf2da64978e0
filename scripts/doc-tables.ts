import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Argument } from 'commander';
import { parse as parseYaml } from 'yaml';
import { createProgram } from '../src/commands/program.js';
import { kebabCase } from '../src/config/config.js';
import { builtInProfiles, profileSettings } from '../src/config/profile.js';
import {
  environmentName,
  fixedAtStart,
  type Setting,
  settingNames,
  settings,
} from '../src/config/settings.js';
import { contractRow, rowNames } from '../src/contract/index.js';
import { type ErrorRow, errorCatalogue } from '../src/errors.js';
import { packageRoot } from '../src/package-root.js';
import { type Parameter, type ScenarioName, scenarioNames, scenarioRow } from '../src/scenarios/catalogue.js';
import { ways } from '../src/scenarios/choice.js';
import { magicKey } from '../src/scenarios/magic-key.js';
import { scenarioOfStatus } from '../src/scenarios/short-form.js';
import { sceneFields } from '../src/scene/request.js';
import { limits, shownValue } from './limits.js';

/** The pages that have such tables. */
export const pagesWithTables = [
  'docs/errors.md',
  'docs/settings.md',
  'docs/scenarios.md',
  'docs/control-api.md',
  'docs/command-line.md',
  'docs/limits.md',
  'docs/fidelity.md',
] as const;

/** The tables of the docs that repeat what the code says, by the name between their marks. */
export function docTables(): Readonly<Record<string, string>> {
  return {
    errors: errorsTable(),
    settings: settingsTable(),
    scenarios: scenariosTable(),
    ways: waysTable(),
    statuses: statusesTable(),
    routes: routesTable(),
    commands: commandsTable(),
    limits: limitsTable(),
    contract: contractTable(),
    profiles: profilesTable(),
  };
}

/** The text with each `<!-- table: name -->` … `<!-- end -->` filled anew. */
export function fillTables(text: string): string {
  const tables = docTables();
  return text.replace(
    /(<!-- table: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, open: string, name: string, close: string) => {
      const table = tables[name];
      if (table === undefined) throw new RangeError(`there is no table "${name}"`);
      return `${open}\n${table}\n\n${close}`;
    },
  );
}

function errorsTable(): string {
  const rows = Object.entries(errorCatalogue) as [string, ErrorRow][];
  return table(
    ['status', 'row', 'when', 'message', 'trial', 'mark'],
    rows
      .toSorted(([, a], [, b]) => a.status - b.status)
      .map(([name, row]) => [
        `${row.status}`,
        `\`${name}\``,
        row.when,
        row.code === undefined ? row.en : `\`error_code\` ${row.code}: ${row.en}`,
        row.spendsTrial ? 'spent' : '–',
        `[${row.mark}]`,
      ]),
  );
}

function settingsTable(): string {
  return table(
    ['flag, key in the file', 'environment', 'values', 'default', 'what it does', 'while running', 'profile'],
    settingNames.map((name) => {
      const setting: Setting = settings[name];
      const file = setting.reach === 'file';
      return [
        file ? `\`${name}:\` (file only)` : `\`--${name}\``,
        file ? '–' : `\`${environmentName(name)}\``,
        values(setting),
        file || setting.default === undefined ? '–' : `\`${String(defaultOf(name, setting))}\``,
        setting.help,
        fixedAtStart.has(name) ? 'fixed' : 'may change',
        profileSettings.some((each) => each === name) ? 'may hold it' : '–',
      ];
    }),
  );
}

function profilesTable(): string {
  return table(
    ['profile', 'what it is', 'settings'],
    Object.entries(builtInProfiles).map(([name, { says, values }]) => {
      const lines = Object.entries(values).map(([setting, value]) => `\`${setting}: ${value}\``);
      return [`\`${name}\``, says, lines.join(', ') || '–'];
    }),
  );
}

/** What `conform` checks. */
function contractTable(): string {
  return table(
    ['row', 'what holds', 'mark', 'setting', 'seen in the calls'],
    rowNames.map((name) => {
      const { says, marks, setting, calls } = contractRow(name);
      return [
        `\`${name}\``,
        says,
        marks.map((mark) => `[${mark}]`).join(' '),
        setting === undefined ? '_fixed_' : `\`${setting}\``,
        calls.join(', '),
      ];
    }),
  );
}

function scenariosTable(): string {
  return table(
    ['scenario', 'what the client sees', 'status', 'takes place at', 'parameters'],
    scenarioNames.map((name) => {
      const { does, status, station, parameters = {} } = scenarioRow(name);
      return [`\`${name}\``, does, `${status ?? '–'}`, station, describeParameters(parameters)];
    }),
  );
}

const describeParameters = (parameters: Readonly<Record<string, Parameter>>) =>
  Object.entries(parameters)
    .map(
      ([key, { default: value, help }]) => `\`${key}=${String(value).includes(' ') ? '…' : value}\` ${help}`,
    )
    .join('; ') || '–';

function limitsTable(): string {
  return table(
    ['what', 'setting, by default', 'beyond it', 'why so much', 'tested in'],
    limits.map((limit) => [
      limit.what,
      shownValue(limit),
      limit.beyond,
      limit.why,
      limit.tests.map((file) => `\`${file.replace('test/', '').replace('.test.ts', '')}\``).join(', '),
    ]),
  );
}

/** Every scenario can be chosen in every way; `test/scenarios/every-cell.test.ts` drives each cell. */
function waysTable(): string {
  return table(
    ['scenario', ...ways],
    scenarioNames.map((name) => [
      `\`${name}\``,
      `\`Prefer: scenario=${name}\``,
      preferCode(name),
      '✓',
      `\`${magicKey(name)}\``,
      '✓',
      '✓',
      '✓',
    ]),
  );
}

/** Only what has a status of its own can be asked for by it. */
function preferCode(name: ScenarioName): string {
  const { status } = scenarioRow(name);
  if (name === 'error') return '`code=418`';
  if (name !== 'ok' && status === null) return '–';
  const code = status ?? 200;
  return `\`code=${code}${scenarioOfStatus[code] === name ? '' : `, example=${name}`}\``;
}

function statusesTable(): string {
  const rows = Object.entries(scenarioOfStatus).map(([status, name]) => [status, `\`${name}\``]);
  return table(['status', 'scenario'], [...rows, ['any other from 400 to 599', '`error;status=…`']]);
}

interface ControlDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly summary: string }>>>>;
}

function routesTable(): string {
  const document = parseYaml(
    readFileSync(join(packageRoot, 'docs/control-api.yaml'), 'utf8'),
  ) as ControlDocument;
  return table(
    ['route', 'what it does'],
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary }]) => [
        `\`${method.toUpperCase()} ${path.replace('/__mock', '')}\``,
        summary,
      ]),
    ),
  );
}

/** The flags of settings, and the fields of a scene, have pages of their own. */
function commandsTable(): string {
  const elsewhere = new Set([...settingNames, ...sceneFields.map(kebabCase)].map((name) => `--${name}`));
  const program = createProgram((error) => {
    throw error;
  });
  return table(
    ['command', 'what it does', 'options of its own'],
    program.commands.map((command) => {
      const own = command.options.filter(({ long }) => !elsewhere.has(long ?? '') && long !== '--config');
      const usage = command.registeredArguments.map((argument) => argumentName(argument));
      return [
        `\`${[command.name(), ...usage].join(' ')}\``,
        command.description(),
        own.map(({ flags, description }) => `\`${flags}\` ${description}`).join('; ') || '–',
      ];
    }),
  );
}

const argumentName = (argument: Argument) => `<${argument.name()}${argument.variadic ? '...' : ''}>`;

/** The number of workers depends on the machine that writes the table. */
export const defaultOf = (name: string, setting: Setting) =>
  name === 'workers' ? '2, or 1 on one core' : setting.default;

function values({ schema, reach }: Setting): string {
  const {
    enum: allowed,
    type,
    minimum,
    maximum,
  } = schema as {
    enum?: string[];
    type?: string;
    minimum?: number;
    maximum?: number;
  };
  if (reach === 'file') return 'see below';
  if (allowed) return allowed.map((value) => `\`${value}\``).join(', ');
  return minimum === undefined ? `${type}` : `${minimum} to ${maximum}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
