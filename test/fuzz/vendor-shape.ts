import { errorCatalogue } from '../../src/errors.js';
import { contactSupport, documented } from '../support/bodies.js';
import { cropperPath } from '../support/simulator.js';
import type { WireAnswer } from '../support/wire.js';

/** What was asked, as far as the shape of the answer depends on it. */
interface Asked {
  readonly method: string;
  readonly path: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const text = (value: unknown, pattern: RegExp) => typeof value === 'string' && pattern.test(value);

/** @returns what is not as the contract has it; `undefined` where all is well */
export function faultOfAnswer(asked: Asked, answer: WireAnswer): string | undefined {
  const { status, text: body } = answer;
  if (asked.method === 'HEAD') return body === '' ? undefined : 'HEAD with a body';
  if (asked.method === 'OPTIONS' && status === 200) return body === '' ? undefined : 'OPTIONS with a body';
  if (isTokenPath(asked.path) && ![404, 413].includes(status)) return faultOfTokenAnswer(asked, answer);
  if (status === 200) return faultOfCrop(asked.path, answer);
  if (status === 422) return faultOfUnprocessable(body);
  if (status === 400 && isUnknownScenario(body)) return undefined;
  if (status === 500) return 'an unplanned 500';
  const expected = (documented as Readonly<Record<number, string>>)[status];
  if (expected === undefined) return `status ${status}`;
  return body === expected ? undefined : `another body for ${status}: ${body.slice(0, 200)}`;
}

const folded = (path: string) =>
  path
    .replace(/^[a-z]+:\/\/[^/?]*/i, '')
    .replace(/\/+/g, '/')
    .replace(/[?;#].*/s, '')
    .replace(/\/$/, '');
export const isTokenPath = (path: string) => decoded(folded(path)) === '/api/o/token';
export const isCropperPath = (path: string) =>
  [cropperPath, '/api/v1/id_cropper/register'].includes(decoded(folded(path)));

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function faultOfCrop(path: string, { headers, text: body }: WireAnswer): string | undefined {
  if (!isCropperPath(path)) return `200 at ${path}`;
  const { data, transaction_id: id, trials_remaining: left, ...more } = JSON.parse(body);
  const fits =
    text(data?.img, /^[A-Za-z0-9+/]+={0,2}$/) &&
    text(id, uuid) &&
    text(left, /^\d+$/) &&
    text(headers.hmac, /^[0-9a-f]{128}$/) &&
    Object.keys(more).length === 0;
  return fits ? undefined : `another 200: ${body.slice(0, 200)}`;
}

function faultOfUnprocessable(body: string): string | undefined {
  const { message, error_code: code, transaction_id: id, trials_remaining: left, ...more } = JSON.parse(body);
  const fits =
    [contactSupport, errorCatalogue.CARD_NOT_FOUND.ar].includes(message) &&
    code === 5009 &&
    text(id, uuid) &&
    text(left, /^\d+$/) &&
    Object.keys(more).length === 0;
  return fits ? undefined : `another 422: ${body.slice(0, 200)}`;
}

/** Ours: it says what there is (`Prefer`). */
const isUnknownScenario = (body: string) => /^\{"message":"[^"]*scenario/.test(body);

const oauthErrors: Readonly<Record<string, readonly number[]>> = {
  unsupported_grant_type: [400],
  invalid_request: [400],
  invalid_client: [401],
  unauthorized_client: [400],
  invalid_grant: [400],
  invalid_scope: [400],
};

function faultOfTokenAnswer({ method, path }: Asked, answer: WireAnswer): string | undefined {
  const { status, headers, text: body } = answer;
  if (status === 405) return body === '' && headers.allow === 'POST, OPTIONS' ? undefined : 'another 405';
  if (method !== 'POST') return `${status} to ${method}`;
  if (body === documented[400]) return undefined; // no HTTP, or a body that broke off
  if (status === 400 && isUnknownScenario(body)) return undefined;
  if (headers['content-type'] === 'text/html') return faultOfStockPage(path, answer);
  const { error, access_token: token, ...more } = JSON.parse(body);
  if (status === 200)
    return text(token, /^[A-Za-z0-9]{30}$/) && Number.isInteger(more.expires_in) ? undefined : 'no token';
  const fits =
    oauthErrors[error]?.includes(status) && Object.keys(more).every((key) => key === 'error_description');
  return fits ? undefined : `another ${status}: ${body.slice(0, 200)}`;
}

/** Django's own pages: 500 for a query in the URL, 400 for forms that it does not take at all. */
function faultOfStockPage(path: string, { status, text: body }: WireAnswer): string | undefined {
  const planned = status === 400 || (status === 500 && /\?./s.test(path));
  return planned && body.includes('<!doctype html>') ? undefined : `an unplanned page ${status}`;
}
