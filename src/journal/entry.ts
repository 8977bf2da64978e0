import Type, { type Static } from 'typebox';
import { scenarioNames, stations } from '../scenarios/catalogue.js';
import { ways } from '../scenarios/choice.js';
import { endpoints } from '../scenarios/rules.js';

const orNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const point = Type.Unsafe<readonly [x: number, y: number]>(
  Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }),
);

const picture = {
  format: Type.String({ description: 'jpeg, png or webp' }),
  bytes: Type.Integer(),
  sha256: Type.String(),
  width: orNull(Type.Integer({ description: 'pixels of the upright picture; null where nobody looked' })),
  height: orNull(Type.Integer()),
  kept: Type.Boolean({ description: 'whether the journal still has the picture itself' }),
};

const endpointOrOther = Type.Enum([...endpoints, 'other'], {
  description: "other: a path or a method that is none of the vendor's",
});
const rule = Type.String({ description: 'row of the error catalogue, or OAuth error' });
const station = Type.Enum([...stations], { description: 'the station that decided' });

/** A row of the contract in which an upstream's answer and this server's differ. */
export const drift = Type.Object({
  row: Type.String({
    description: 'of the contract (docs/fidelity.md); status: where the statuses differ and no row says so',
  }),
  ours: Type.Unknown({ description: "in the row's words" }),
  theirs: Type.Unknown(),
});
export type Drift = Static<typeof drift>;

/** One request as the journal remembers it. No secret in it: keys, tokens and passwords are cut to their first characters. */
export const journalEntry = Type.Object({
  id: Type.Integer({ description: 'in the order in which requests ended, from 1' }),
  at: Type.String({ description: "when it ended, on the server's clock (ISO 8601)" }),
  endpoint: endpointOrOther,
  account: orNull(Type.String({ description: 'user name, where it is known' })),
  method: Type.String(),
  path: Type.String({ description: 'without the query' }),
  requestHeaders: Type.Record(Type.String(), Type.String()),
  requestBody: orNull(Type.Record(Type.String(), Type.Unknown())),
  ended: Type.Enum(['answered', 'unanswered', 'broken'], {
    description: 'unanswered: one of the two hung up; broken: what came was no HTTP',
  }),
  status: orNull(Type.Integer({ description: 'of the answer; null where there was none' })),
  answerHeaders: Type.Record(Type.String(), Type.String()),
  answerBody: orNull(Type.Record(Type.String(), Type.Unknown(), { description: 'without the crop' })),
  station: orNull(station),
  rule: orNull(rule),
  reason: orNull(Type.String({ description: 'why it was refused, and what to do' })),
  note: orNull(
    Type.String({ description: 'what it asked for and did not get: a scenario that has no place there' }),
  ),
  scenario: orNull(
    Type.Object({
      name: Type.Enum([...scenarioNames]),
      text: Type.String({ description: 'with its parameters' }),
      chosenBy: Type.Enum([...ways]),
    }),
  ),
  call: orNull(Type.Integer({ description: 'the n-th call of the account to this endpoint' })),
  transactionId: orNull(Type.String()),
  trialsRemaining: orNull(Type.Integer({ description: 'of the token, after this call' })),
  photo: orNull(Type.Object(picture)),
  crop: orNull(
    Type.Object({
      ...picture,
      corners: Type.Array(point, { description: 'in the photo, clockwise from the top-left as seen' }),
      code: orNull(Type.String({ description: 'printed on the card' })),
    }),
  ),
  confidence: orNull(Type.Number({ description: 'of the detector, also where it found no card' })),
  candidates: orNull(
    Type.Array(
      Type.Object({
        corners: Type.Array(point, { description: 'in pixels of the upright photo' }),
        source: Type.String({ description: 'how it came about, such as network or lines' }),
        score: Type.Number({ description: 'the confidence that it would have been answered with' }),
      }),
      { description: 'the outlines that the detector weighed most, best first' },
    ),
  ),
  timings: orNull(
    Type.Record(Type.String(), Type.Number(), { description: 'milliseconds per stage in the worker' }),
  ),
  ms: Type.Number({ description: 'milliseconds from the first byte to the last' }),
  upstream: orNull(
    Type.Object(
      {
        status: Type.Integer(),
        headers: Type.Record(Type.String(), Type.String()),
        body: orNull(Type.Record(Type.String(), Type.Unknown(), { description: 'without the crop' })),
        crop: orNull(
          Type.Object({
            format: Type.String(),
            width: Type.Integer(),
            height: Type.Integer(),
            bytes: Type.Integer(),
            sha256: Type.String(),
          }),
        ),
        ms: Type.Number({ description: 'milliseconds until its answer was there' }),
      },
      {
        description:
          'with the setting upstream: the answer that the client got; all the rest is what this server would have answered',
      },
    ),
  ),
  drift: orNull(
    Type.Array(drift, { description: 'in what the two differ; null where they were not compared' }),
  ),
});

/** What a list shows of an entry: a tenth of it. */
export const journalLine = Type.Object({
  ...Type.Pick(journalEntry, [
    'id',
    'at',
    'endpoint',
    'account',
    'method',
    'path',
    'ended',
    'status',
    'station',
    'rule',
    'reason',
    'scenario',
    'transactionId',
    'confidence',
    'drift',
    'ms',
  ]).properties,
  picture: orNull(Type.Enum(['photo', 'crop'], { description: 'of what the journal still has a thumbnail' })),
});

/** Which entries are asked for: those that meet every condition given. */
export const journalFilter = Type.Object(
  {
    account: Type.Optional(Type.String({ description: 'user name' })),
    endpoint: Type.Optional(endpointOrOther),
    method: Type.Optional(Type.String()),
    path: Type.Optional(Type.String({ description: 'without the query' })),
    status: Type.Optional(Type.Integer({ description: 'of the answer' })),
    station: Type.Optional(station),
    rule: Type.Optional(rule),
    scenario: Type.Optional(Type.Enum([...scenarioNames], { description: 'that took place' })),
    after: Type.Optional(Type.Integer({ description: 'entries with a larger id' })),
    before: Type.Optional(Type.Integer({ description: 'entries with a smaller id' })),
  },
  { additionalProperties: false },
);

export type { JournalEntry, JournalFilter } from './entry-types.js';
