import type { TSchema } from 'typebox';
import { type Setting, type SettingName, settingNames, settings } from '../src/config/settings.js';
import { scenarioNames } from '../src/scenarios/catalogue.js';
import { scenarioOfStatus } from '../src/scenarios/short-form.js';
import { defaultOf } from './doc-tables.js';

/** What of JSON Schema our settings use. */
interface Shape {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: TSchema;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * `config.schema.json`: what an editor checks and completes in a config file. `npm run docs` writes it, and a test fails when it is
 * stale. Draft 7, which yaml-language-server knows best.
 */
export const configSchema = (): string =>
  `${JSON.stringify(
    {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Config file of valify-id-cropper-simulator',
      type: ['object', 'null'], // a file of comments alone is one too
      properties: Object.fromEntries(settingNames.map((name) => [name, settingSchema(name)])),
      additionalProperties: false,
    },
    undefined,
    2,
  )}\n`;

function settingSchema(name: SettingName): JsonSchema {
  const setting: Setting = settings[name];
  const known = setting.default !== undefined && setting.reach !== 'file' && name !== 'workers';
  return {
    description: setting.help,
    ...(known && { default: defaultOf(name, setting) }),
    ...asWritten(setting.schema, name),
  };
}

/** The program reads every value as text; an editor takes `12345` for a number, `true` for a truth value. Both may stand for a text. */
const text = ['string', 'number', 'boolean'];

/** Texts with a grammar of their own; the program knows it to the last detail, the pattern what it begins with. */
const spellings: Readonly<Record<string, JsonSchema>> = {
  cors: { type: 'string', pattern: origins() },
  'default-scenario': scenario(),
  default_scenario: scenario(),
  scenario: scenario(),
};

function asWritten(schema: TSchema, name: string): JsonSchema {
  const { type, items, properties, enum: values, ...bounds } = schema as Shape;
  if (Object.hasOwn(spellings, name)) return spellings[name]!;
  if (values !== undefined) return { enum: values };
  if (type === 'array') return { type, items: asWritten(items!, ''), ...bounds };
  if (type === 'object') return { type, properties: asWrittenAll(properties!), ...bounds };
  return { type: type === 'string' ? text : type, ...bounds };
}

const asWrittenAll = (properties: Readonly<Record<string, TSchema>>) =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, asWritten(schema, name)]));

function origins(): string {
  const origin = String.raw`(?:\*|null|[a-z][a-z0-9+.-]*://[^/?#@*\s,]+)`;
  return String.raw`^\s*${origin}(?:\s*,\s*${origin})*\s*$`;
}

/** Names to choose from, and how they go on: `slow;ms=500`, `422-5048`. */
function scenario(): JsonSchema {
  const statuses = Object.keys(scenarioOfStatus).filter((status) => status < '400');
  const heads = [...scenarioNames, ...statuses, String.raw`[45]\d\d`].join('|');
  return {
    anyOf: [
      { enum: scenarioNames },
      { type: 'string', pattern: String.raw`^[\s;]*(?:${heads})(?:-\d+)*\s*(?:;[\s\S]*)?$` },
      { type: 'integer', minimum: 400, maximum: 599 },
      { enum: statuses.map(Number) },
    ],
  };
}
