import { readFileSync } from 'node:fs';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { parse as parseYaml } from 'yaml';
import { processEnvironment } from '../config/config.js';
import { demoAccount } from '../config/settings.js';

const text = Type.String({ minLength: 1 });

const credentials = Type.Object(
  {
    username: text,
    password: text,
    client_id: text,
    client_secret: text,
    bundle_key: text,
    hmac_key: Type.Optional(text),
  },
  { additionalProperties: false },
);
export type Credentials = Static<typeof credentials>;

const names = Object.keys(credentials.properties);
const variable = (name: string) => `VALIFY_${name.toUpperCase()}`;

/**
 * @param source a YAML or JSON file, `env` for variables such as `VALIFY_USERNAME`, `demo` for the demo account
 * @throws Error that names what is missing, never what is there
 */
export function readCredentials(source: string): Credentials {
  const found = source === 'demo' ? demo() : source === 'env' ? ofEnvironment() : ofFile(source);
  if (Value.Check(credentials, found)) return found;
  const given = Object.keys((found ?? {}) as object);
  const wanting = names.filter((name) => name !== 'hmac_key' && !given.includes(name));
  const shown = source === 'env' ? wanting.map(variable) : wanting;
  const detail = wanting.length > 0 ? `lack ${shown.join(', ')}` : `must be ${names.join(', ')}, each a text`;
  throw new Error(`the credentials (${source}) ${detail}`);
}

function demo(): Credentials {
  const { bundles, ...account } = demoAccount;
  return { ...account, ...bundles[0] };
}

function ofEnvironment(): unknown {
  const environment = processEnvironment();
  const given = names.map((name) => [name, environment[variable(name)]] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== ''));
}

/** Every scalar as text: a bundle key of digits alone is not a number. */
const ofFile = (path: string): unknown => parseYaml(readFileSync(path, 'utf8'), { schema: 'failsafe' });
