/**
 * The requests of the contract as data. `$name` stands for what is not known before: a credential, a photo in base64 (`$photo:name`).
 */
export interface CallRow {
  readonly asks: string;
  readonly method?: 'GET' | 'POST';
  /** The path; of the cropper's, the first that answered where it is left out. */
  readonly path?: string;
  /** Written with its first slash twice. */
  readonly doubled?: true;
  readonly type?: string;
  readonly token?: 'none' | 'unknown' | 'ours' | 'in Authentication';
  readonly origin?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  /** Reaches the cropper, which counts: it needs a trial. */
  readonly spends?: true;
  /** Needs a token on which nothing has been done. */
  readonly fresh?: true;
  /** Needs a token without trials. */
  readonly exhausted?: true;
}

const form = {
  grant_type: 'password',
  username: '$username',
  password: '$password',
  client_id: '$client_id',
  client_secret: '$client_secret',
};
const without = (name: keyof typeof form) =>
  Object.fromEntries(Object.entries(form).filter(([key]) => key !== name));
const token = '/api/o/token/';
const probe = { token: 'none', json: {} } as const;
const ours = { token: 'ours' } as const;
const photo = (name: string, more = {}) => ({
  ...ours,
  spends: true as const,
  json: { bundle_key: '$bundle_key', img: `$photo:${name}`, ...more },
});

/** Base64 of `hello`: no picture. */
const hello = 'aGVsbG8=';

/** In the order in which they are made: what costs nothing first. */
export const calls = {
  'path-headline': {
    ...probe,
    path: '/api/v1/id_cropper_register',
    asks: 'the path of the headline, no token',
  },
  'path-headline-slash': { ...probe, path: '/api/v1/id_cropper_register/', asks: 'the same, with a slash' },
  'path-sample': { ...probe, path: '/api/v1/id_cropper/register', asks: 'the path of the sample, no slash' },
  'path-sample-slash': { ...probe, path: '/api/v1/id_cropper/register/', asks: 'the path of the sample' },
  'unknown-path': { ...probe, path: '/api/v1/id_cropper_unknown/', asks: 'a path that does not exist' },
  'path-doubled': { ...probe, doubled: true, asks: 'a doubled slash' },
  get: { token: 'none', method: 'GET', asks: 'GET' },
  'no-json-type': {
    token: 'none',
    type: 'text/plain',
    text: '{}',
    asks: 'a body that is not declared as JSON',
  },
  'no-token': { ...probe, asks: 'no token' },
  'unknown-token': { token: 'unknown', json: {}, asks: 'a token that nobody got' },
  'both-wrong': { token: 'unknown', text: '{', asks: 'a token that nobody got, and a body that is no JSON' },
  'other-origin': { ...probe, origin: 'https://conform.example', asks: 'a web page of another origin' },
  'token-no-grant': { path: token, form: without('grant_type'), asks: 'a login without grant_type' },
  'token-no-slash': {
    path: '/api/o/token',
    form: without('grant_type'),
    asks: 'the same without a slash at the end of the path',
  },
  'token-no-user': { path: token, form: without('username'), asks: 'a login without username' },
  'token-client': { path: token, form: { ...form, client_secret: 'wrong' }, asks: 'a wrong client secret' },
  'token-scope': { path: token, form: { ...form, scope: '' }, asks: 'an empty scope' },
  'token-get': { path: token, method: 'GET', asks: 'GET' },
  login: { path: token, form, asks: 'a login' },
  card: { ...photo('card-on-table'), fresh: true, asks: 'a photo of a card, JPEG' },
  'no-card': { ...photo('no-card'), asks: 'a photo without a card' },
  broken: { ...photo('truncated'), asks: 'a JPEG of which half is missing' },
  'no-trials': { ...photo('truncated'), exhausted: true, asks: 'one call more than the token has trials' },
  'no-img': { ...ours, fresh: true, json: { bundle_key: '$bundle_key' }, asks: 'img is missing' },
  'no-bundle': { ...ours, json: { img: hello }, asks: 'bundle_key is missing' },
  'no-json': { ...ours, text: '{', asks: 'a body that is no JSON' },
  'lang-number': {
    ...ours,
    json: { bundle_key: '$bundle_key', img: hello, lang: 1 },
    asks: 'lang is a number',
  },
  authentication: { token: 'in Authentication', json: {}, asks: 'the token in the header Authentication' },
  png: { ...photo('png'), asks: 'a photo of a card, PNG' },
  endless: { ...photo('endless'), asks: 'a JPEG without its end marker' },
  small: { ...photo('too-small'), asks: 'a picture that is too small' },
  'unknown-bundle': {
    ...ours,
    fresh: true,
    json: { bundle_key: 'ffffffffffffffffffffffffffffffff', img: '!' },
    asks: 'a bundle key that nobody has, and no base64',
  },
  'no-base64': { ...ours, json: { bundle_key: '$bundle_key', img: '!' }, asks: 'img is no base64' },
  'no-picture': { ...ours, json: { bundle_key: '$bundle_key', img: hello }, asks: 'base64 of no picture' },
  turned: {
    ...photo('wide-gamut'),
    asks: 'a photo that its EXIF tag turns, its colours those of a profile',
  },
  arabic: { ...photo('no-card', { lang: 'ar' }), asks: 'a photo without a card, lang ar' },
  'two-cards': { ...photo('two-cards'), asks: 'two cards in a photo' },
  photocopy: { ...photo('photocopy'), asks: 'a photocopy of a card' },
  passport: { ...photo('passport'), asks: 'an open passport' },
  'data-uri': {
    ...ours,
    spends: true,
    json: { bundle_key: '$bundle_key', img: 'data:image/jpeg;base64,$photo:truncated' },
    asks: 'img with a data: prefix',
  },
} as const satisfies Record<string, CallRow>;

export type CallName = keyof typeof calls;
export const callNames = Object.keys(calls) as CallName[];
export const callRow = (name: CallName): CallRow => calls[name];
