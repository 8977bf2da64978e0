import type { CallName } from './calls.js';
import { type Answer, answerTo, type Evidence, isSame, membersOf } from './evidence.js';
import type { ContractRow, Json, Mark } from './row.js';

const isServed = (evidence: Evidence, call: CallName) => {
  const { status } = answerTo(evidence, call);
  return status !== 404 && status !== 405;
};

const served = (calls: readonly CallName[], marks: Mark[], says: string): ContractRow => ({
  says,
  marks,
  calls,
  expect: () => true,
  observe: (evidence) => calls.some((call) => isServed(evidence, call)),
});

const slashes = ['path-headline', 'path-headline-slash', 'path-sample', 'path-sample-slash'] as const;

/** Not there, or somewhere else. */
export const isElsewhere = (status: number) => status === 404 || (status >= 300 && status < 400);

const oauth = (
  call: CallName,
  status: number,
  body: Json | '',
  marks: Mark[],
  says: string,
): ContractRow => ({
  says,
  marks,
  calls: [call],
  expect: () => ({ status, body }),
  observe: (evidence) => {
    const answer = answerTo(evidence, call);
    return { status: answer.status, body: bodyOf(answer) };
  },
});

/** Of what was granted, the keys: it holds tokens. */
const bodyOf = (answer: Answer): Json =>
  answer.status < 400
    ? Object.keys(membersOf(answer))
    : ((answer.json as Json | undefined) ?? answer.text.slice(0, 200));

const isHeaderTaken = (evidence: Evidence) =>
  answerTo(evidence, 'authentication').status !== answerTo(evidence, 'unknown-token').status;

const corsOf = (evidence: Evidence) =>
  answerTo(evidence, 'other-origin').headers['access-control-allow-origin'] ?? 'none';

export const requestRows = {
  'path-headline': served(
    ['path-headline', 'path-headline-slash'],
    ['doc'],
    'The path of the headline is served.',
  ),
  'path-sample': served(
    ['path-sample', 'path-sample-slash'],
    ['doc'],
    'The path of the Python sample is served.',
  ),
  'path-slash': {
    says: 'Each with and without a slash at its end; nothing is ever redirected.',
    marks: ['doc', 'ours'],
    calls: [...slashes],
    expect: () => [],
    observe: (evidence) =>
      slashes
        .map((call) => [call, answerTo(evidence, call).status] as const)
        .filter(([, status]) => isElsewhere(status))
        .map(([call, status]) => `${call}: ${status}`),
    alone: (call, { status }) => {
      if (!slashes.some((each) => each === call)) return undefined;
      return isElsewhere(status) ? [`${call}: ${status}`] : [];
    },
  },
  'path-doubled': served(['path-doubled'], ['client'], 'Repeated slashes are folded.'),
  authentication: {
    says: 'The header `Authentication`, as in the documentation’s table, stands in for `Authorization`.',
    marks: ['ours'],
    setting: 'strict-authorization',
    calls: ['authentication', 'unknown-token'],
    expect: ({ config }) => (config.strictAuthorization ? 'refused' : 'accepted'),
    observe: (evidence) => (isHeaderTaken(evidence) ? 'accepted' : 'refused'),
    settle: (evidence) => !isHeaderTaken(evidence),
  },
  'data-uri': {
    says: 'A `data:` prefix is not base64.',
    marks: ['client', 'ours'],
    setting: 'accept-data-uri',
    calls: ['data-uri'],
    expect: ({ config }) => (config.acceptDataUri ? 'accepted' : 'refused'),
    observe: (evidence) => (answerTo(evidence, 'data-uri').status === 415 ? 'refused' : 'accepted'),
    settle: (evidence) => answerTo(evidence, 'data-uri').status !== 415,
  },
  cors: {
    says: 'Web pages of other origins may not call.',
    marks: ['ours'],
    setting: 'cors',
    calls: ['other-origin'],
    expect: ({ config }) => (config.cors === '*' ? '*' : 'none'),
    observe: corsOf,
    settle: (evidence) => (corsOf(evidence) === 'none' ? null : '*'),
  },
  'order-token': {
    says: 'Of a wrong token and a wrong body, the token is refused.',
    marks: ['ours'],
    calls: ['both-wrong', 'unknown-token'],
    expect: () => 'the token',
    observe: (evidence) =>
      isSame(answerTo(evidence, 'both-wrong'), answerTo(evidence, 'unknown-token'))
        ? 'the token'
        : 'the body',
  },
  'token-no-grant': oauth(
    'token-no-grant',
    400,
    { error: 'unsupported_grant_type' },
    ['stack'],
    'A login without `grant_type`.',
  ),
  'token-no-user': oauth(
    'token-no-user',
    400,
    { error: 'invalid_request', error_description: 'Request is missing username parameter.' },
    ['stack'],
    'A login without `username`.',
  ),
  'token-client': oauth(
    'token-client',
    401,
    { error: 'invalid_client' },
    ['stack'],
    'A wrong client secret.',
  ),
  'token-scope': oauth('token-scope', 400, { error: 'invalid_scope' }, ['stack'], 'An empty scope.'),
  'token-get': oauth('token-get', 405, '', ['stack'], 'GET at the token endpoint.'),
  'token-keys': {
    says: 'A login is answered with these keys, in this order.',
    marks: ['doc', 'stack'],
    calls: ['login'],
    expect: () => ['access_token', 'expires_in', 'token_type', 'scope', 'refresh_token'],
    observe: (evidence) => Object.keys(membersOf(answerTo(evidence, 'login'))),
  },
  'token-lifetime': {
    says: 'A token lives 600 s.',
    marks: ['doc'],
    setting: 'token-lifetime',
    calls: ['login'],
    expect: ({ config }) => config.tokenLifetime,
    observe: (evidence) => membersOf(answerTo(evidence, 'login')).expires_in as Json,
    settle: (evidence) => membersOf(answerTo(evidence, 'login')).expires_in as Json,
  },
} as const satisfies Record<string, ContractRow>;
