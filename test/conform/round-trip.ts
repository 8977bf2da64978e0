import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { loadConfig, type Options } from '../../src/config/config.js';
import { errorsOf } from '../../src/config/error-catalogue.js';
import { type Latency, pathForms, settings, unservedStatuses } from '../../src/config/settings.js';
import { type Calibration, calibrate, writeProfile } from '../../src/conform/calibrate.js';
import { judge, type Verdict } from '../../src/conform/judge.js';
import { planVisit } from '../../src/conform/plan.js';
import { Visitor } from '../../src/conform/visit.js';
import { contractRow, rowNames } from '../../src/contract/index.js';
import type { ErrorName } from '../../src/errors.js';
import { createServer } from '../../src/server.js';
import { demo, patient, timeoutMs } from './visit.js';

const words = fc
  .stringMatching(/^[A-Za-zء-ي–:|'" ]{1,40}$/)
  .filter((text) => text.trim() === text && text !== '');
const code = fc.integer({ min: 5000, max: 5999 });
const coded = fc.record({ en: words, ar: words, code }, { requiredKeys: [] });
const plain = fc.record({ en: words });

const status = fc.constantFrom(...unservedStatuses);
const isValid = (given: object) => Value.Check(settings.paths.schema, given);
const paths = fc
  .record(Object.fromEntries(pathForms.map((form) => [form, status])), { requiredKeys: [] })
  .filter(isValid);
const latency = fc.record(
  {
    median: fc.integer({ min: 5, max: 20_000 }),
    'per-megabyte': fc.integer({ min: 0, max: 50_000 }),
    sigma: fc.integer({ min: 0, max: 80 }).map((hundredths) => hundredths / 100),
  },
  { requiredKeys: ['median'] },
);

/** Any valid profile: what a person could write. */
export const profiles: fc.Arbitrary<Options> = fc.record(
  {
    trials: fc.integer({ min: 0, max: 6 }),
    tokenLifetime: fc.integer({ min: 600, max: 100_000 }),
    trialsRemainingType: fc.constantFrom('string', 'integer'),
    trialsExhaustedCode: code,
    unprocessableBody: fc.constantFrom('full', 'short'),
    acceptDataUri: fc.boolean(),
    strictAuthorization: fc.boolean(),
    hmac: fc.boolean(),
    cors: fc.constant('*'),
    bodyLimit: fc.integer({ min: 10 ** 6, max: 10 ** 8 }),
    maxPixels: fc.integer({ min: 2 * 10 ** 6, max: 10 ** 8 }),
    outputFormat: fc.constantFrom('same', 'jpeg', 'png', 'webp'),
    outputMaxSide: fc.integer({ min: 200, max: 3000 }),
    paths,
    latency,
    errors: fc.record(
      {
        CARD_NOT_FOUND: coded,
        IMAGE_UNREADABLE: coded,
        IMAGE_TOO_SMALL: coded,
        MISSING_INPUT: plain,
        INVALID_BUNDLE_KEY: plain,
        ACCESS_TOKEN_NOT_FOUND: plain,
        NOT_FOUND: plain,
        METHOD_NOT_ALLOWED: plain,
        UNSUPPORTED_MEDIA_TYPE: plain,
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Options>;

const quiet = {
  ...patient,
  seed: 'round trip',
  logLevel: 'silent',
  workers: 1,
  journal: false,
} as const;

/** Time that passes only where an answer is held back: how long this machine takes for a photo is not to be measured here. */
let passedMs = 0;
const holdAnswer = async (ms: number) => {
  passedMs += ms;
};

/** Serves these options while `use` runs. */
async function serving<Result>(options: Options, use: (url: string) => Promise<Result>): Promise<Result> {
  const app = createServer({ ...quiet, ...options }, { warmUp: false, holdAnswer });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  try {
    return await use(url);
  } finally {
    await app.close();
  }
}

export interface RoundTrip {
  readonly calibration: Calibration;
  /** Rows in which the first server differs from what the written profile says. */
  readonly drifts: readonly object[];
  /** Rows in which a second server, with the written profile, is seen to differ from the first. */
  readonly apart: readonly object[];
  readonly stopped: string | undefined;
}

const plan = planVisit(rowNames, 6);
const now = () => passedMs;
const visitServer = (url: string) =>
  new Visitor(plan, { target: url, credentials: demo, timeoutMs, now }).run();

/** A server with this profile is calibrated; the written profile starts a second one, which is visited in its turn. */
export async function roundTrip(options: Options, folder: string): Promise<RoundTrip> {
  const first = await serving(options, visitServer);
  const calibration = calibrate(rowNames, first);
  const profile = join(folder, 'profile.yaml');
  writeFileSync(profile, writeProfile(calibration, 'a test'));
  const config = loadConfig({ options: { profile } });
  const second = await serving({ profile }, visitServer);
  const [seen, again] = [first, second].map((visit) =>
    judge(rowNames, visit, { config, errors: errorsOf(config) }, demo),
  );
  return {
    calibration,
    drifts: seen!.filter(({ verdict }) => verdict === 'drift'),
    apart: seen!.filter((row, i) => !isAlike(row, again![i]!) && !isOwned(row, calibration)),
    stopped: first.stopped ?? second.stopped,
  };
}

/** Of what is left to chance, such as how long an answer takes, two visits see no more than that it agrees. */
function isAlike(first: Verdict, second: Verdict): boolean {
  const { agrees } = contractRow(first.row);
  if (agrees === undefined || first.verdict !== 'same') return isDeepStrictEqual(first, second);
  return second.verdict === 'same' && agrees(first.observed, second.observed);
}

/** Nothing was seen of it at the first, and the profile says so of each field that the row settles: the second has the defaults there. */
function isOwned({ row, verdict }: Verdict, { unobserved }: Calibration): boolean {
  const { setting, settles } = contractRow(row);
  const fields = settles?.map((each) => `${setting}.${each}`) ?? [setting ?? 'none'];
  return verdict === 'unobserved' && fields.every((field) => field in unobserved);
}

/** Fields of the profile that were neither recovered nor named as not observable. */
export function lost(options: Options, { profile, unobserved }: Calibration, folder: string): string[] {
  const file = join(folder, 'recovered.yaml');
  writeFileSync(file, writeProfile({ profile, unobserved }, 'a test'));
  const [wanted, found] = [loadConfig({ options }), loadConfig({ options: { profile: file } })];
  const names = Object.keys(options).filter((name) => name !== 'errors') as (keyof typeof wanted)[];
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const missing = names.filter(
    (name) => !isRecovered(name, wanted[name], found[name]) && !(kebab(name) in unobserved),
  );
  return [...missing, ...lostTexts(options, found, unobserved)];
}

function isRecovered(name: string, wanted: unknown, found: unknown): boolean {
  if (name !== 'latency') return isDeepStrictEqual(wanted, found);
  return found !== undefined && isEstimate(found as Latency, wanted as Latency);
}

/**
 * What a dozen answers can tell: without spread the numbers themselves, else the median by size within four times the spread (six standard errors), and
 * the spread within a fifth and two and a half times of itself.
 */
function isEstimate(found: Latency, wanted: Latency): boolean {
  const { sigma: spread = 0 } = wanted;
  const [wantedMs, foundMs] = [wanted, found].map(({ median, 'per-megabyte': more = 0 }) =>
    [0.02, 0.1, 0.2].map((size) => median + more * size),
  );
  const isNear = foundMs!.every((ms, i) => {
    const off = Math.abs(Math.log(ms / wantedMs![i]!));
    return off <= 4 * spread + 2 / wantedMs![i]!;
  });
  const { sigma: seen = 0 } = found;
  return isNear && seen <= 2.5 * spread + 0.001 && seen >= 0.2 * spread - 0.001;
}

type Config = ReturnType<typeof loadConfig>;

function lostTexts({ errors = {} }: Options, found: Config, unobserved: Calibration['unobserved']): string[] {
  const catalogue = errorsOf(found);
  return (Object.keys(errors) as ErrorName[]).flatMap((name) =>
    Object.entries(errors[name]!)
      .filter(([field, value]) => (catalogue[name] as unknown as Record<string, unknown>)[field] !== value)
      .map(([field]) => `errors.${name}.${field}`)
      .filter((place) => !(place in unobserved)),
  );
}
