import type { CallName } from './calls.js';
import {
  type Answer,
  answerAbout,
  answerTo,
  cardIn,
  counterOf,
  type Evidence,
  foldDash,
  hasNoTrials,
  membersOf,
  messageOf,
  type Overlap,
  type PictureFacts,
  Unobserved,
} from './evidence.js';
import { latencyRow } from './latency.js';
import type { ContractRow, Json, Mark } from './row.js';

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const image = (answer: Answer) =>
  String((membersOf(answer).data as { img?: unknown } | undefined)?.img ?? '');

const ofCard = (
  says: string,
  marks: Mark[],
  wanted: Json,
  observe: (answer: Answer) => Json,
): ContractRow => ({
  says,
  marks,
  calls: ['card'],
  expect: () => wanted,
  observe: (evidence) => observe(cardIn(evidence, 'card')),
});

const typeOfCounter = (answer: Answer) => {
  const { trials_remaining: counter } = membersOf(answer);
  return Number.isInteger(counter) ? 'integer' : typeof counter;
};

const counterType = (evidence: Evidence) => typeOfCounter(cardIn(evidence, 'card'));

/** Of the first call on a token. */
const firstCounter = (evidence: Evidence) => {
  const answer = answerTo(evidence, 'card');
  return answer.status === 200 ? counterOf(answer) : -1;
};

/** The first call that counts on a token, after others that should not have. */
const spentBefore = (call: CallName) => (evidence: Evidence) => {
  const first = firstCounter(evidence);
  if (first < 0) throw new Unobserved('tokens have no trials');
  const answer = answerTo(evidence, call);
  return answer.status === 200 ? first - counterOf(answer) !== 0 : true;
};

const spendsNone = (call: CallName, before: readonly CallName[], says: string): ContractRow => ({
  says,
  marks: ['ours'],
  calls: ['card', ...before, call],
  expect: () => 'none spent',
  observe: (evidence) => (spentBefore(call)(evidence) ? 'spent' : 'none spent'),
});

function spendsOf422(evidence: Evidence): Json {
  const answer = answerAbout(evidence, 'no-card');
  if (answer.status !== 422) throw new Unobserved(`no-card was answered ${answer.status}`);
  return firstCounter(evidence) - counterOf(answer) === answer.nth - 1 ? 'one spent' : 'not one spent';
}

function isAsBroken(evidence: Evidence, answer: Answer): boolean {
  const broken = evidence.get('broken');
  const codes = [answer, broken].map((each) => each && membersOf(each).error_code);
  return broken?.status === answer.status && codes[0] === codes[1] && !hasNoTrials(evidence);
}

function refusalWithoutTrials(evidence: Evidence): Answer {
  const answer = answerTo(evidence, 'no-trials');
  if (isAsBroken(evidence, answer))
    throw new Unobserved('answered as the broken picture itself is: there may have been a trial left');
  return answer;
}

function exhaustion(evidence: Evidence): Json {
  const answer = refusalWithoutTrials(evidence);
  if (answer.status === answerTo(evidence, 'unknown-token').status) return 'as an unknown token';
  return statusAndCode(answer);
}

function statusAndCode(answer: Answer): Json {
  const { error_code: code } = membersOf(answer);
  return { status: answer.status, error_code: (code as Json | undefined) ?? null };
}

const pictures = ['card', 'png', 'turned', 'endless'] as const;

function facts(evidence: Evidence, call: CallName): PictureFacts {
  const { picture } = cardIn(evidence, call);
  if (picture === undefined) throw new Unobserved(`${call}: what came back is no picture`);
  return picture;
}

/** The pictures of these calls of which it is not so. */
const unless = (says: string, marks: Mark[], holds: (picture: PictureFacts) => boolean): ContractRow => ({
  says,
  marks,
  calls: [...pictures],
  expect: () => [],
  observe: (evidence) => {
    const found = pictures.filter((call) => evidence.get(call)?.picture !== undefined);
    if (found.length === 0) throw new Unobserved('no card came back');
    return found.filter((call) => !holds(facts(evidence, call)));
  },
  alone: (_call, { picture }) => picture && holds(picture),
});

const leastIou = 0.9;

function foundPicture(evidence: Evidence, call: CallName): PictureFacts {
  const picture = facts(evidence, call);
  if (picture.overlaps === undefined) throw new Unobserved(`${call}: what came back is not in the photo`);
  return picture;
}

/**
 * What of a photo that shows several things comes back.
 * @param documents names of those whose corners are known, in the order of `overlaps`
 */
function choice(call: CallName, says: string, wanted: string, documents: readonly string[]): ContractRow {
  return {
    says,
    marks: ['ours'],
    calls: [call],
    expect: () => wanted,
    observe: (evidence) => {
      const { status, picture } = answerAbout(evidence, call);
      if (status !== 200) return `refused with ${status}`;
      return picture?.overlaps === undefined ? 'something else' : nameOf(picture.overlaps, documents);
    },
    alone: () => undefined, // the photo is our own
  };
}

function nameOf(overlaps: readonly Overlap[], documents: readonly string[]): string {
  const one = documents.find((_, i) => overlaps[i]!.iou >= leastIou);
  if (one !== undefined) return one;
  const [whole, part] = [
    overlaps.filter(({ covered }) => covered >= leastIou),
    overlaps.filter(({ covered }) => covered >= 0.1),
  ];
  if (whole.length === documents.length) return `more than ${documents.join(' and ')}`;
  return part.length > 0
    ? `part of ${documents.filter((_, i) => overlaps[i]!.covered >= 0.1).join(' and ')}`
    : 'something else';
}

/** Of 0 to 255: our own crops are within 7, the same card upside down is more than 25 away. */
const alike = 16;
const near = (value: number, wanted: number) => Math.abs(value / wanted - 1) < 0.04;
const proportion = ({ width, height }: { width: number; height: number }) => width / height;
const longSide = ({ width, height }: { width: number; height: number }) => Math.max(width, height);
const isOnItsSide = ({ turn }: PictureFacts) => turn === 90 || turn === 270;

/** Pixels along the longer side of the card in `fixtures/photos/card-on-table.jpg`. */
const cardSide = 868;

const sizeName = (side: number) =>
  side < cardSide && !near(side, cardSide) ? `${side} px` : 'as in the photo';

const formats = (evidence: Evidence) => ({
  jpeg: facts(evidence, 'card').format,
  png: facts(evidence, 'png').format,
});

export const answerRows = {
  'answer-keys': ofCard(
    'A card is answered with these keys, in this order.',
    ['doc'],
    ['data', 'transaction_id', 'trials_remaining'],
    (answer) => Object.keys(membersOf(answer)),
  ),
  'answer-compact': ofCard(
    'The JSON is compact, of the type `application/json` without a charset.',
    ['stack'],
    { compact: true, type: 'application/json' },
    (answer) => ({
      compact: answer.text === JSON.stringify(answer.json),
      type: answer.headers['content-type'] ?? 'none',
    }),
  ),
  'transaction-id': ofCard(
    '`transaction_id` is a UUID, version 4, in lower case.',
    ['ours'],
    true,
    (answer) => uuidV4.test(String(membersOf(answer).transaction_id)),
  ),
  base64: ofCard('`data.img` is base64 without prefix or line breaks.', ['ours'], true, (answer) =>
    /^[A-Za-z0-9+/]+={0,2}$/.test(image(answer)),
  ),
  'trials-type': {
    says: '`trials_remaining` is a string on the cropper’s page, an integer on most others.',
    marks: ['doc'],
    setting: 'trials-remaining-type',
    calls: ['card'],
    expect: ({ config }) => config.trialsRemainingType,
    observe: counterType,
    settle: counterType,
    alone: (_call, answer) => ('trials_remaining' in membersOf(answer) ? typeOfCounter(answer) : undefined),
  },
  hmac: {
    says: 'The header `hmac` is HMAC-SHA512 over the values in the order of their keys.',
    marks: ['doc'],
    setting: 'hmac',
    calls: ['card'],
    expect: ({ config }) => (config.hmac ? 'right' : 'absent'),
    observe: (evidence) => {
      const { hmac } = cardIn(evidence, 'card');
      if (hmac === undefined) throw new Unobserved('the credentials have no hmac_key');
      return hmac;
    },
    settle: (evidence) => cardIn(evidence, 'card').hmac !== 'absent',
  },
  'trials-first': {
    says: 'A token has three trials: its first card says 2.',
    marks: ['doc', 'ours'],
    setting: 'trials',
    calls: ['card'],
    expect: ({ config }) => config.trials - 1,
    observe: firstCounter,
    settle: (evidence) => firstCounter(evidence) + 1,
    alone: () => undefined, // a counter says nothing without those before it
  },
  'trials-422': {
    says: 'A 422 spends a trial.',
    marks: ['ours'],
    calls: ['card', 'no-card'],
    expect: () => 'one spent',
    observe: spendsOf422,
  },
  'trials-400': spendsNone(
    'png',
    ['no-img', 'no-bundle', 'no-json', 'lang-number'],
    'A 400 spends no trial.',
  ),
  'trials-401-415': spendsNone(
    'turned',
    ['unknown-bundle', 'no-base64', 'no-picture'],
    '401 and 415 spend no trial.',
  ),
  'trials-none': {
    says: 'A token without trials is refused with the status of an unknown one.',
    marks: ['ours'],
    setting: 'trials-exhausted-code',
    calls: ['card', 'broken', 'no-trials', 'unknown-token'],
    expect: ({ config: { trialsExhaustedCode: code } }) =>
      code === undefined ? 'as an unknown token' : { status: 422, error_code: code },
    observe: exhaustion,
    settle: (evidence) => {
      const answer = exhaustion(evidence) as { error_code?: Json };
      return answer.error_code ?? null;
    },
    alone: (call, answer) => (call === 'no-trials' ? statusAndCode(answer) : undefined),
  },
  'trials-none-text': {
    says: 'And in the same words.',
    marks: ['ours'],
    setting: 'errors',
    calls: ['card', 'broken', 'no-trials'],
    expect: ({ config, errors }) =>
      foldDash(
        config.trialsExhaustedCode === undefined
          ? errors.TRIALS_EXHAUSTED.en
          : errors.TRIALS_EXHAUSTED_CODED.en,
      ),
    observe: (evidence) => foldDash(messageOf(refusalWithoutTrials(evidence))),
    alone: (call, answer) => (call === 'no-trials' ? foldDash(messageOf(answer)) : undefined),
    settles: ['TRIALS_EXHAUSTED.en'],
    settle: (evidence) => {
      const answer = refusalWithoutTrials(evidence);
      return {
        [answer.status === 422 ? 'TRIALS_EXHAUSTED_CODED' : 'TRIALS_EXHAUSTED']: { en: messageOf(answer) },
      };
    },
  },
  'output-format': {
    says: 'A JPEG comes back for a JPEG, a PNG for a PNG.',
    marks: ['ours'],
    setting: 'output-format',
    calls: ['card', 'png'],
    expect: ({ config: { outputFormat: format } }) =>
      format === 'same' ? { jpeg: 'jpeg', png: 'png' } : { jpeg: format, png: format },
    observe: formats,
    settle: (evidence) => {
      const { jpeg, png } = formats(evidence);
      return jpeg === png ? jpeg : 'same';
    },
    alone: (_call, { picture }) => picture?.format,
  },
  'output-size': {
    says: 'As many pixels as the photo has along the card’s longer side, at most `output-max-side`.',
    marks: ['ours'],
    setting: 'output-max-side',
    calls: ['card'],
    expect: ({ config }) => sizeName(config.outputMaxSide),
    observe: (evidence) => sizeName(longSide(facts(evidence, 'card'))),
    settle: (evidence) => {
      const side = longSide(facts(evidence, 'card'));
      if (sizeName(side) === 'as in the photo')
        throw new Unobserved(`the limit is not below the ${cardSide} px that the card of the photo has`);
      return side;
    },
    alone: (_call, { picture }) =>
      picture && (near(longSide(picture), longSide(picture.ideal)) ? 'as ours' : `${longSide(picture)} px`),
  },
  'crop-likeness': unless(
    'What comes back is the card, whole and straight.',
    ['ours'],
    ({ difference }) => difference < alike,
  ),
  'crop-proportion': unless('In the card’s own proportion.', ['ours'], (picture) =>
    near(
      proportion(picture),
      isOnItsSide(picture) ? 1 / proportion(picture.ideal) : proportion(picture.ideal),
    ),
  ),
  'crop-upright': unless(
    'Upright as seen in the photo, once its EXIF tag has been followed.',
    ['ours'],
    ({ turn }) => turn === 0,
  ),
  'crop-place': {
    says: 'As large as the card: with its true corners it has an intersection over union of 0.9 and more.',
    marks: ['ours'],
    calls: [...pictures],
    expect: () => [],
    observe: (evidence) => {
      const found = pictures.flatMap((call) => {
        const [overlap] = evidence.get(call)?.picture?.overlaps ?? [];
        return overlap === undefined ? [] : [[call, overlap] as const];
      });
      if (found.length === 0) throw new Unobserved('no card came back that was found in its photo');
      return found.filter(([, { iou }]) => iou < leastIou).map(([call, { iou }]) => `${call}: ${iou}`);
    },
    alone: () => undefined, // the true corners are known of our own photos only
  },
  'crop-corners': {
    says: 'Its rounded corners show what lies beneath it.',
    marks: ['ours'],
    calls: ['card'],
    expect: () => 'kept',
    observe: (evidence) => foundPicture(evidence, 'card').corners!,
    alone: () => undefined, // likewise
  },
  'crop-colours': {
    says: 'Its colours are those that the photo’s profile (Display P3) says.',
    marks: ['ours'],
    calls: ['turned'],
    expect: () => 'followed',
    observe: (evidence) => foundPicture(evidence, 'turned').colours!,
  },
  'crop-two-cards': choice('two-cards', 'Of two cards the upper or left one comes back.', 'the left one', [
    'the left one',
    'the right one',
  ]),
  'crop-photocopy': choice(
    'photocopy',
    'Of a photocopy the copied document comes back, not the page.',
    'the document',
    ['the document'],
  ),
  'crop-passport': choice('passport', 'Of an open passport the data page comes back.', 'the data page', [
    'the data page',
  ]),
  latency: latencyRow,
  'crop-endless': {
    says: 'What decodes completely is a photo, with its end marker or without.',
    marks: ['ours'],
    calls: ['endless'],
    expect: () => 200,
    observe: (evidence) => answerAbout(evidence, 'endless').status,
  },
} as const satisfies Record<string, ContractRow>;
