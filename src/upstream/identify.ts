import { type CallName, callNames, callRow } from '../contract/calls.js';
import { isElsewhere } from '../contract/request-rows.js';
import type { ErrorName } from '../errors.js';
import type { Exchange } from '../exchange/exchange.js';
import { pathOf } from '../exchange/paths.js';
import type { Recorded } from './recorded.js';

/** What is known of a request once this server has answered it too. */
export interface Identified {
  readonly url: string;
  readonly endpoint: 'crop' | 'token' | 'other';
  /** Of this server's refusal: a row of the catalogue, or an OAuth error. */
  readonly rule: string | undefined;
  readonly reason: string | undefined;
  readonly isArabic: boolean;
  readonly hasOrigin: boolean;
}

const callOfRule: Readonly<Partial<Record<ErrorName, CallName>>> = {
  MISSING_INPUT: 'no-img',
  INVALID_BUNDLE_KEY: 'unknown-bundle',
  ACCESS_TOKEN_NOT_FOUND: 'unknown-token',
  TRIALS_EXHAUSTED: 'no-trials',
  TRIALS_EXHAUSTED_CODED: 'no-trials',
  NOT_FOUND: 'unknown-path',
  METHOD_NOT_ALLOWED: 'get',
  UNSUPPORTED_MEDIA_TYPE: 'no-picture',
  IMAGE_UNREADABLE: 'broken',
  IMAGE_TOO_SMALL: 'small',
  CARD_NOT_FOUND: 'no-card',
};

const callOfOAuth: Readonly<Record<string, CallName>> = {
  unsupported_grant_type: 'token-no-grant',
  invalid_request: 'token-no-user',
  invalid_client: 'token-client',
  invalid_scope: 'token-scope',
  METHOD_NOT_ALLOWED: 'token-get',
};

/** This server's own troubles, which say nothing of the other one. */
const ownTrouble: ReadonlySet<string> = new Set<ErrorName>([
  'SERVICE_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
  'ENTITY_TOO_LARGE',
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
  'MALFORMED_REQUEST',
  'IMAGE_TOO_LARGE',
]);

export const identify = (
  { url, endpoint, headers, body }: Recorded,
  exchange: Exchange | undefined,
): Identified => ({
  url,
  endpoint,
  rule: exchange?.refusal?.rule,
  reason: exchange?.refusal?.reason,
  isArabic: /"lang"\s*:\s*"ar"/.test(body.toString('latin1')),
  hasOrigin: headers.origin !== undefined,
});

/** Why the two answers say nothing of each other; `undefined` where they do. */
export function troubleOf({ rule = '', endpoint }: Identified, theirStatus: number): string | undefined {
  if (theirStatus >= 500) return 'the upstream failed';
  if (ownTrouble.has(rule)) return `this server answered ${rule}`;
  return endpoint === 'other' && theirStatus !== 404 ? 'this server has no such path' : undefined;
}

/** The calls of the contract that a request is like; by this server's own answer, as it says what was wrong. */
export function callsLike(request: Identified, theirStatus: number): CallName[] {
  const call = request.endpoint === 'token' ? likeLogin(request) : likeCrop(request, theirStatus);
  return [...(call === undefined ? [] : [call]), ...(request.hasOrigin ? ['other-origin' as const] : [])];
}

const likeLogin = ({ rule }: Identified): CallName | undefined =>
  rule === undefined ? 'login' : callOfOAuth[rule];

function likeCrop(
  { rule, reason = '', url, isArabic }: Identified,
  theirStatus: number,
): CallName | undefined {
  if (rule !== 'NOT_FOUND' && isElsewhere(theirStatus)) return probeOf(url);
  if (rule === undefined) return 'card';
  if (rule === 'CARD_NOT_FOUND' && isArabic) return 'arabic';
  if (reason.startsWith('img has a data: prefix')) return 'data-uri';
  return callOfRule[rule as ErrorName];
}

/** The call that asks whether this path is there. */
const probeOf = (url: string): CallName | undefined =>
  /\/\//.test(pathOf(url))
    ? 'path-doubled'
    : callNames.find((name) => name.startsWith('path-') && callRow(name).path === pathOf(url));
