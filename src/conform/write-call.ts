import { URLSearchParams } from 'node:url';
import type { CallRow } from '../contract/calls.js';
import { type FixtureName, fixture } from '../photos/fixtures.js';
import type { Sent } from './client.js';
import type { Credentials } from './credentials.js';

/** The photos that are sent: our own, of fictional cards. */
function photoInBase64(name: string): string {
  if (name !== 'endless') return fixture(name as FixtureName).base64;
  const whole = fixture('card-on-table').bytes;
  return whole.subarray(0, whole.length - 2).toString('base64'); // without FF D9, its end marker
}

const fill = (text: string, credentials: Credentials) =>
  text.replace(/\$photo:([\w-]+)|\$(\w+)/g, (_, photo?: string, name?: string) =>
    photo === undefined ? (credentials[name as keyof Credentials] ?? '') : photoInBase64(photo),
  );

/** A call of the contract as it goes onto the wire. Texts of JSON are filled one by one, so that a quote in a password is no matter. */
export function writeCall(row: CallRow, path: string, credentials: Credentials, token: string): Sent {
  const method = row.method ?? 'POST';
  const type = row.form ? 'application/x-www-form-urlencoded' : (row.type ?? 'application/json');
  const origin = row.origin === undefined ? {} : { origin: row.origin };
  return {
    method,
    path,
    headers: { ...(method === 'POST' && { 'content-type': type }), ...origin, ...authorization(row, token) },
    body: writeBody(row, credentials),
  };
}

function authorization({ token: whose = 'none' }: CallRow, token: string): Record<string, string> {
  if (whose === 'none') return {};
  if (whose === 'in Authentication') return { authentication: `Bearer ${token}` };
  return { authorization: `Bearer ${whose === 'ours' ? token : 'nobodyGotThisTokenFromTheServer'}` };
}

function writeBody({ form, json, text = '' }: CallRow, credentials: Credentials): string {
  if (form !== undefined) {
    const filled = Object.entries(form).map(([key, value]): [string, string] => [
      key,
      fill(value, credentials),
    ]);
    return new URLSearchParams(filled).toString();
  }
  if (json === undefined) return text;
  return JSON.stringify(json, (_, value) => (typeof value === 'string' ? fill(value, credentials) : value));
}
