import { type ErrorRow, errorCatalogue } from '../src/errors.js';
import { environmentName, type Setting, settingNames, settings } from '../src/settings.js';

/** The tables of the docs that repeat what the code says, by the name between their marks. */
export function docTables(): Readonly<Record<string, string>> {
  return { errors: errorsTable(), settings: settingsTable() };
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
    ['flag, key in the file', 'environment', 'values', 'default', 'what it does'],
    settingNames.map((name) => {
      const setting: Setting = settings[name];
      const file = setting.reach === 'file';
      return [
        file ? `\`${name}:\` (file only)` : `\`--${name}\``,
        file ? '–' : `\`${environmentName(name)}\``,
        values(setting),
        file || setting.default === undefined ? '–' : `\`${String(defaultOf(name, setting))}\``,
        setting.help,
      ];
    }),
  );
}

/** The number of workers depends on the machine that writes the table. */
const defaultOf = (name: string, setting: Setting) =>
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
