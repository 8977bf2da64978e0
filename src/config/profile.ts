import { readFileSync } from 'node:fs';
import Type from 'typebox';
import { parse as parseYaml } from 'yaml';
import { fromText } from '../text-values.js';
import { type SettingName, settings } from './settings.js';

/**
 * What the vendor's contract leaves in doubt. A profile is a set of answers to that: settings about the machine, the log or our own pages are
 * none of a profile's business.
 */
export const profileSettings = [
  'trials',
  'token-lifetime',
  'trials-remaining-type',
  'trials-exhausted-code',
  'unprocessable-body',
  'accept-data-uri',
  'strict-authorization',
  'hmac',
  'cors',
  'body-limit',
  'max-pixels',
  'min-side',
  'output-format',
  'output-max-side',
  'paths',
  'latency',
  'errors',
] as const satisfies readonly SettingName[];

export type ProfileSetting = (typeof profileSettings)[number];
type ProfileValues = { readonly [Name in ProfileSetting]?: unknown };

/** Of a YAML file; docs/profile.schema.json is written from it. */
export const profileSchema = Type.Partial(
  Type.Object(Object.fromEntries(profileSettings.map((name) => [name, settings[name].schema]))),
  { additionalProperties: false },
);

export const builtInProfiles: Readonly<
  Record<string, { readonly says: string; readonly values: ProfileValues }>
> = {
  documented: { says: 'the cropper’s page of the documentation; the default', values: {} },
  sample: {
    says: 'what the samples rely on: `Authorization` alone, the counter a number as on most pages',
    values: { 'strict-authorization': true, 'trials-remaining-type': 'integer' },
  },
  strict: {
    says: 'refuses what may be refused: no `Authentication`, no `data:` prefix, 422 with two keys',
    values: { 'strict-authorization': true, 'accept-data-uri': false, 'unprocessable-body': 'short' },
  },
  lenient: {
    says: 'takes what clients are seen to send: `data:` prefixes, calls of web pages',
    values: { 'accept-data-uri': true, cors: '*' },
  },
};

/** @returns the values of a built-in profile, or of a file; what is wrong with it goes to `problems` */
export function readProfile(name: string, problems: string[]): Readonly<Record<string, unknown>> {
  const builtIn = Object.hasOwn(builtInProfiles, name) ? builtInProfiles[name] : undefined;
  if (builtIn !== undefined) return builtIn.values;
  try {
    const document: unknown = parseYaml(readFileSync(name, 'utf8'), { schema: 'failsafe' }) ?? {};
    if (typeof document === 'object' && !Array.isArray(document))
      return readValues(document as object, name, problems);
    problems.push(`profile ${name}: must hold settings as "name: value" lines`);
  } catch (error) {
    const hint = `built in are ${Object.keys(builtInProfiles).join(', ')}`;
    problems.push(`profile ${name}: ${(error as Error).message} (${hint})`);
  }
  return {};
}

function readValues(document: object, name: string, problems: string[]): Readonly<Record<string, unknown>> {
  const allowed: readonly string[] = profileSettings;
  for (const key of Object.keys(document)) {
    if (!allowed.includes(key)) problems.push(`profile ${name}: "${key}" is no setting of a profile`);
  }
  const known = Object.entries(document).filter(([key]) => allowed.includes(key));
  return Object.fromEntries(
    known.map(([key, value]) => [key, fromText(settings[key as SettingName].schema, value)]),
  );
}
