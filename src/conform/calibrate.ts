import { stringify } from 'yaml';
import { type ProfileSetting, profileSettings } from '../config/profile.js';
import { contractRow, type RowName } from '../contract/index.js';
import type { Json } from '../contract/row.js';
import { type ErrorName, errorCatalogue } from '../errors.js';
import { whyNot } from './judge.js';
import type { Visit } from './visit.js';

type Overrides = { [Name in ErrorName]?: { en?: string; ar?: string; code?: number } };

export interface Calibration {
  /** Settings that make our server answer as the visited one does. */
  readonly profile: Readonly<Record<string, Json>>;
  /** What could not be told, and why; by setting, or field of `errors`. */
  readonly unobserved: Readonly<Record<string, string>>;
}

/** What no call of the contract can show, whatever the server. */
const never: Partial<Record<ProfileSetting | `errors.${ErrorName}.ar`, string>> = {
  'body-limit': 'would take bodies of many megabytes',
  'max-pixels': 'would take photos of many megapixels, a trial each',
  'min-side': 'would take a trial for each size that is tried',
  'errors.IMAGE_UNREADABLE.ar': 'would take a trial; the Arabic text of CARD_NOT_FOUND is asked for',
  'errors.IMAGE_TOO_SMALL.ar': 'would take a trial; the Arabic text of CARD_NOT_FOUND is asked for',
};

/** Settings of which several rows tell a field each. */
const shared: ReadonlySet<ProfileSetting> = new Set(['errors', 'paths']);

/** The settings that the answers of a server tell. */
export function calibrate(rows: readonly RowName[], visit: Visit): Calibration {
  const profile: Record<string, Json> = {};
  const unobserved: Record<string, string> = { ...never };
  for (const name of rows) {
    const { setting, settle, settles } = contractRow(name);
    if (setting === undefined || settle === undefined) continue;
    try {
      const value = settle(visit.evidence);
      if (shared.has(setting as ProfileSetting)) profile[setting] = merge(profile[setting], value);
      else if (value !== null) profile[setting] = value;
    } catch (error) {
      const why = whyNot(error, name, visit);
      for (const field of settles?.map((each) => `${setting}.${each}`) ?? [setting]) unobserved[field] = why;
    }
  }
  const { errors = {}, ...others } = profile;
  const all = { ...others, errors: onlyChanged(errors as Overrides) as Json };
  const filled = Object.entries(all).filter(
    ([name, value]) => !shared.has(name as ProfileSetting) || !isEmpty(value),
  );
  return { profile: inOrder(Object.fromEntries(filled)), unobserved };
}

const isEmpty = (value: Json) => Object.keys(value as object).length === 0;

/** Two levels deep: a row of `errors` may be told by several rows of the contract. */
function merge(before: Json = {}, more: Json): Json {
  const merged: Record<string, Json> = { ...(before as object) };
  for (const [name, value] of Object.entries(more as object))
    merged[name] = typeof value === 'object' ? { ...(merged[name] as object), ...value } : value;
  return merged;
}

/** Without what our own catalogue says anyway. */
function onlyChanged(errors: Overrides): Overrides {
  const rows = Object.entries(errors).map(([name, fields]) => {
    const ours: Readonly<Record<string, unknown>> = errorCatalogue[name as ErrorName];
    return [
      name,
      Object.fromEntries(Object.entries(fields).filter(([key, value]) => ours[key] !== value)),
    ] as const;
  });
  return Object.fromEntries(rows.filter(([, fields]) => Object.keys(fields).length > 0));
}

const inOrder = (profile: Record<string, Json>) =>
  Object.fromEntries(profileSettings.filter((name) => name in profile).map((name) => [name, profile[name]!]));

/** YAML, with what could not be told as comments. */
export function writeProfile({ profile, unobserved }: Calibration, source: string): string {
  const notes = Object.entries(unobserved).map(([name, why]) =>
    `# not observed: ${name}: ${why}`.replaceAll('\n', ' '),
  );
  const lines = [`# Written by calibrate from ${source}`, ...notes];
  return `${lines.join('\n')}\n${Object.keys(profile).length > 0 ? stringify(profile) : '{}\n'}`;
}
