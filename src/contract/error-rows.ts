import type { ErrorName } from '../errors.js';
import type { CallName } from './calls.js';
import {
  type Answer,
  answerAbout,
  answerTo,
  type Evidence,
  foldDash,
  isSame,
  membersOf,
  messageOf,
  Unobserved,
} from './evidence.js';
import type { ContractRow, Expected, Json, Mark } from './row.js';

const refusal = (call: CallName, name: ErrorName, mark: Mark, says: string): ContractRow => ({
  says,
  marks: [mark],
  setting: 'errors',
  calls: [call],
  expect: ({ errors }) => ({ status: errors[name].status, message: foldDash(errors[name].en) }),
  observe: (evidence) => {
    const answer = answerTo(evidence, call);
    return { status: answer.status, message: foldDash(messageOf(answer)) };
  },
  settles: [`${name}.en`],
  settle: (evidence) => ({ [name]: { en: messageOf(answerTo(evidence, call)) } }),
});

const objection = (call: CallName, name: ErrorName, says: string): ContractRow => ({
  says,
  marks: ['doc', 'ours'],
  setting: 'errors',
  calls: [call],
  expect: ({ errors }) => ({ status: 422, message: errors[name].en, error_code: errors[name].code ?? null }),
  observe: (evidence) => {
    const answer = answerAbout(evidence, call);
    const { error_code: code = null } = membersOf(answer);
    return { status: answer.status, message: messageOf(answer), error_code: code as Json };
  },
  settles: [`${name}.en`, `${name}.code`],
  settle: (evidence) => {
    const answer = answerAbout(evidence, call);
    if (answer.status !== 422) throw new Unobserved(`answered ${answer.status}, not 422`);
    return { [name]: { en: messageOf(answer), code: membersOf(answer).error_code as Json } };
  },
});

const dashed = {
  'no-img': 'MISSING_INPUT',
  'unknown-bundle': 'INVALID_BUNDLE_KEY',
  'unknown-token': 'ACCESS_TOKEN_NOT_FOUND',
} as const;
const dashOf = (text: string) => /[‐-―−]| (-) /u.exec(text)?.[0].trim() ?? 'none';

/** All that a wrong request can be answered. Which of them look alike is told apart from what they say. */
const refused = [
  'unknown-path',
  'get',
  'no-json-type',
  'unknown-token',
  'no-img',
  'unknown-bundle',
  'no-picture',
  'no-card',
] as const;

/** By the cropper: the token endpoint has words of its own. */
const isRefused = (call: CallName) => refused.some((each) => each === call) || of422.has(call);

const of422: ReadonlySet<CallName> = new Set(['no-card', 'broken', 'small', 'arabic']);

const keyOf = (answer: Answer) =>
  ['message', 'detail', 'error', 'errors'].find((key) => key in membersOf(answer)) ?? 'none';

const typeOf = ({ headers }: Answer) => headers['content-type'] ?? 'none';

function keysOf(evidence: Evidence): Json {
  const answers = refused.filter((call) => evidence.has(call)).map((call) => answerTo(evidence, call));
  if (answers.length === 0) throw new Unobserved('no call was refused');
  return [...new Set(answers.map(keyOf))];
}

/** @returns the calls of these that were answered otherwise than the first */
const unlike = (evidence: Evidence, first: CallName, others: readonly CallName[]) =>
  others.filter((call) => !isSame(answerTo(evidence, call), answerTo(evidence, first)));

const sameAs = (first: CallName, others: readonly CallName[], marks: Mark[], says: string): ContractRow => ({
  says,
  marks,
  calls: [first, ...others],
  expect: () => [],
  observe: (evidence) => unlike(evidence, first, others),
});

export const errorRows = {
  'error-400': refusal('no-img', 'MISSING_INPUT', 'doc', 'Missing input data is 400.'),
  'error-401': refusal(
    'unknown-bundle',
    'INVALID_BUNDLE_KEY',
    'doc',
    'An unknown bundle key is 401, whatever the picture.',
  ),
  'error-403': refusal('unknown-token', 'ACCESS_TOKEN_NOT_FOUND', 'doc', 'An unknown access token is 403.'),
  'error-404': refusal('unknown-path', 'NOT_FOUND', 'doc', 'An unknown path is 404.'),
  'error-405': refusal('get', 'METHOD_NOT_ALLOWED', 'ours', 'Another method than POST is 405.'),
  'error-415': refusal('no-picture', 'UNSUPPORTED_MEDIA_TYPE', 'doc', 'Base64 of what is no picture is 415.'),
  'error-alike-400': sameAs(
    'no-img',
    ['no-bundle', 'no-json', 'lang-number'],
    ['doc', 'ours'],
    'No bundle key, no JSON and a `lang` that is no string are answered as a missing `img`.',
  ),
  'error-alike-403': sameAs(
    'unknown-token',
    ['no-token'],
    ['ours'],
    'No token is answered as an unknown one.',
  ),
  'error-alike-415': sameAs(
    'no-picture',
    ['no-base64', 'no-json-type'],
    ['doc', 'stack'],
    'No base64, and a body that is not declared as JSON, are answered as no picture.',
  ),
  'error-key': {
    says: 'The key of the text is `message`, never `detail` or `errors`.',
    marks: ['doc'],
    calls: [...refused],
    expect: () => ['message'],
    observe: keysOf,
    alone: (call, answer) => (isRefused(call) ? keyOf(answer) : undefined),
  },
  'error-type': {
    says: 'A refusal is of the type `application/json`, without a charset.',
    marks: ['stack'],
    calls: [...refused],
    expect: () => ['application/json'],
    observe: (evidence) => {
      const answers = refused.filter((call) => evidence.has(call)).map((call) => answerTo(evidence, call));
      if (answers.length === 0) throw new Unobserved('no call was refused');
      return [...new Set(answers.map(typeOf))];
    },
    alone: (call, answer) => (isRefused(call) ? typeOf(answer) : undefined),
  },
  'error-dash': {
    says: 'The dash in the texts of 400, 401 and 403 is U+2013.',
    marks: ['doc'],
    setting: 'errors',
    calls: Object.keys(dashed) as (keyof typeof dashed)[],
    expect: ({ errors }) => Object.values(dashed).map((name) => dashOf(errors[name].en)),
    observe: (evidence) =>
      Object.keys(dashed).map((call) => dashOf(messageOf(answerTo(evidence, call as keyof typeof dashed)))),
    alone: (call, answer) => (call in dashed ? dashOf(messageOf(answer)) : undefined),
  },
  'error-422-card': objection('no-card', 'CARD_NOT_FOUND', 'A photo without a card is 422.'),
  'error-422-broken': objection(
    'broken',
    'IMAGE_UNREADABLE',
    'A picture of which pixels are missing is 422.',
  ),
  'error-422-small': objection('small', 'IMAGE_TOO_SMALL', 'A picture that is too small is 422.'),
  'error-422-keys': {
    says: '422 has `message`, `error_code`, `transaction_id` and `trials_remaining`; some pages have only the first two.',
    marks: ['doc'],
    setting: 'unprocessable-body',
    calls: ['no-card'],
    expect: ({ config }: Expected) => config.unprocessableBody,
    observe: (evidence) => formOf422(answerAbout(evidence, 'no-card')),
    settle: (evidence) => formOf422(answerAbout(evidence, 'no-card')),
    alone: (call, answer) => (of422.has(call) ? formOf422(answer) : undefined),
  },
  'error-arabic': {
    says: '`lang: "ar"` translates the text of a 422.',
    marks: ['ours'],
    setting: 'errors',
    calls: ['arabic'],
    expect: ({ errors }) => errors.CARD_NOT_FOUND.ar ?? errors.CARD_NOT_FOUND.en,
    observe: (evidence) => messageOf(answerAbout(evidence, 'arabic')),
    settles: ['CARD_NOT_FOUND.ar'],
    settle: (evidence) => ({ CARD_NOT_FOUND: { ar: messageOf(answerAbout(evidence, 'arabic')) } }),
  },
} as const satisfies Record<string, ContractRow>;

function formOf422(answer: Answer): Json {
  const keys = Object.keys(membersOf(answer)).map((key) => (key === keyOf(answer) ? 'message' : key));
  const short = ['message', 'error_code'];
  const form = { full: [...short, 'transaction_id', 'trials_remaining'], short };
  return Object.entries(form).find(([, wanted]) => wanted.join() === keys.join())?.[0] ?? keys;
}
