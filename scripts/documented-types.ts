import type { TSchema } from 'typebox';
import { camelCase } from '../src/config/config.js';
import { profileSchema } from '../src/config/profile.js';
import { type Setting, type SettingName, settingNames, settings } from '../src/config/settings.js';
import { journalEntry, journalFilter } from '../src/journal/entry.js';
import { defaultOf } from './doc-tables.js';

/**
 * Types whose fields say in an editor what they are: those that TypeScript derives from a schema say nothing there; and the schema of profiles,
 * by which an editor checks one. By file.
 * `npm run docs` writes them, and a test fails when they are stale.
 */
export const documentedTypes = (): Readonly<Record<string, string>> => ({
  'src/config/options.ts': [
    `${generated('the table in settings.ts')}\n`,
    "import type { ErrorName, ErrorOverride } from '../errors.js';\n",
    '/** Settings as a library caller gives them: camelCase, all optional, credentials spelt as in the config file. */',
    `export type Options = ${fields(settingNames.map(optionField))};\n`,
  ].join('\n'),
  'docs/profile.schema.json': `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Profile of the simulator', ...profileSchema }, null, 2)}\n`,
  'src/journal/entry-types.ts': [
    `${generated('the schemas in entry.ts')}\n`,
    '/** One request as the journal remembers it. No secret in it: keys, tokens and passwords are cut to their first characters. */',
    `export type JournalEntry = ${typeOf(journalEntry)};\n`,
    '/** Which entries are asked for: those that meet every condition given. */',
    `export type JournalFilter = ${typeOf(journalFilter)};\n`,
  ].join('\n'),
});

const generated = (source: string) => `// Written by \`npm run docs\` from ${source}.`;

interface Field {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly readonly?: boolean;
  readonly help: string | undefined;
}

function optionField(name: SettingName): Field {
  const setting: Setting = settings[name];
  const fallback = setting.reach === 'file' ? undefined : defaultOf(name, setting);
  const written = typeof fallback === 'string' && name !== 'workers' ? `'${fallback}'` : fallback;
  return {
    name: camelCase(name),
    type: `${name === 'errors' ? 'Partial<Record<ErrorName, ErrorOverride>>' : typeOf(setting.schema)} | undefined`,
    optional: true,
    readonly: true,
    help: sentences(setting.help, written === undefined ? '' : `default: ${written}`),
  };
}

const sentences = (...parts: readonly string[]) =>
  parts
    .filter((part) => part !== '')
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}.`)
    .join(' ');

/** What of JSON Schema our schemas use. */
interface Shape {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly anyOf?: readonly TSchema[];
  readonly items?: TSchema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly patternProperties?: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[];
  readonly description?: string;
}

function typeOf(schema: TSchema): string {
  const { type, anyOf, enum: values, ...shape } = schema as Shape;
  if (values !== undefined) return values.map(quote).join(' | ');
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' | ');
  switch (type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'array':
      return arrayOf(shape);
    case 'object':
      return objectOf(shape);
    default:
      return 'unknown';
  }
}

const quote = (value: string | number) => (typeof value === 'string' ? `'${value}'` : String(value));

/** The only arrays of a fixed length are points. */
function arrayOf({ items, maxItems }: Shape): string {
  if (maxItems === 2) return 'readonly [x: number, y: number]';
  const item = typeOf(items!);
  return /[ |]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
}

function objectOf({ properties, patternProperties = {}, required = [] }: Shape): string {
  const [values] = Object.values(patternProperties);
  if (values !== undefined) return `Record<string, ${typeOf(values)}>`;
  return fields(
    Object.entries(properties ?? {}).map(([name, schema]) => ({
      name,
      type: typeOf(schema),
      optional: !required.includes(name),
      help: helpOf(schema as Shape),
    })),
  );
}

/** Its own, or that of the part that is not null. */
const helpOf = ({ description, anyOf = [] }: Shape): string | undefined => {
  const found = description ?? (anyOf as readonly Shape[]).find((part) => part.description)?.description;
  return found && sentences(found);
};

const keyOf = (name: string) => (/^[a-z_]\w*$/i.test(name) ? name : quote(name));

function fields(all: readonly Field[]): string {
  const lines = all.flatMap(({ name, type, optional, readonly, help }) => [
    ...(help === undefined ? [] : [`/** ${help} */`]),
    `${readonly ? 'readonly ' : ''}${keyOf(name)}${optional ? '?' : ''}: ${type};`,
  ]);
  return `{\n${lines.join('\n').replace(/^/gm, '  ')}\n}`;
}
