import { type PathForm, unservedStatuses } from '../config/settings.js';
import type { CallName } from './calls.js';
import { type Answer, answerTo, type Evidence, isSame, membersOf, Unobserved } from './evidence.js';
import type { ContractRow, Json, Mark } from './row.js';

const isServed = (evidence: Evidence, call: CallName) => {
  const { status } = answerTo(evidence, call);
  return status !== 405 && !isElsewhere(status);
};

/** @param forms ways to write one path, by the calls that ask for them */
const served = (
  forms: Readonly<Partial<Record<CallName, PathForm>>>,
  marks: Mark[],
  says: string,
): ContractRow => {
  const calls = Object.keys(forms) as CallName[];
  return {
    says,
    marks,
    setting: 'paths',
    calls,
    expect: ({ config: { paths } }) => Object.values(forms).some((form) => paths[form] === undefined),
    observe: (evidence) => calls.some((call) => isServed(evidence, call)),
  };
};

const headline = {
  'path-headline': '/api/v1/id_cropper_register',
  'path-headline-slash': '/api/v1/id_cropper_register/',
} as const;
const sample = {
  'path-sample': '/api/v1/id_cropper/register',
  'path-sample-slash': '/api/v1/id_cropper/register/',
} as const;

/** What asks for a form of a path that has another. */
const formOf = { ...headline, ...sample } as const satisfies Readonly<Partial<Record<CallName, PathForm>>>;
const tokenForm = { 'token-no-slash': '/api/o/token' } as const;

const statuses: readonly number[] = unservedStatuses;

/** The field of the setting `paths`. */
function settleForm(form: PathForm, { status }: Answer): Readonly<Record<string, number>> {
  if (!isElsewhere(status)) return {};
  if (!statuses.includes(status)) throw new Unobserved(`no setting answers ${status}`);
  return { [form]: status };
}

/** The forms of these that are not served. */
const formsElsewhere = (
  forms: Readonly<Partial<Record<CallName, PathForm>>>,
): Omit<ContractRow, 'says' | 'marks'> => {
  const all = Object.entries(forms) as [CallName, PathForm][];
  const describe = (call: string, status: number) => `${call}: ${status}`;
  return {
    setting: 'paths',
    calls: all.map(([call]) => call),
    expect: ({ config: { paths } }) =>
      all.flatMap(([call, form]) => (paths[form] === undefined ? [] : [describe(call, paths[form])])),
    observe: (evidence) =>
      all
        .map(([call]) => [call, answerTo(evidence, call).status] as const)
        .filter(([, status]) => isElsewhere(status))
        .map(([call, status]) => describe(call, status)),
    alone: (call, { status }) => {
      if (forms[call] === undefined) return undefined;
      return isElsewhere(status) ? [describe(call, status)] : [];
    },
    settles: all.map(([, form]) => form),
    settle: (evidence) =>
      Object.assign({}, ...all.map(([call, form]) => settleForm(form, answerTo(evidence, call)))),
  };
};

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
  'path-headline': served(headline, ['doc'], 'The path of the headline is served.'),
  'path-sample': served(sample, ['doc'], 'The path of the Python sample is served.'),
  'path-slash': {
    says: 'Each with and without a slash at its end; nothing is ever redirected.',
    marks: ['doc', 'ours'],
    ...formsElsewhere(formOf),
  },
  'path-doubled': {
    says: 'Repeated slashes are folded.',
    marks: ['client'],
    setting: 'paths',
    calls: ['path-doubled'],
    expect: ({ config }) => config.paths['//'] ?? 'folded',
    observe: (evidence) => {
      const { status } = answerTo(evidence, 'path-doubled');
      return isElsewhere(status) ? status : 'folded';
    },
    settles: ['//'],
    settle: (evidence) => settleForm('//', answerTo(evidence, 'path-doubled')),
  },
  'token-slash': {
    says: 'The token endpoint too, without a slash at its end.',
    marks: ['ours'],
    ...formsElsewhere(tokenForm),
  },
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
