import { URLSearchParams } from 'node:url';
import type { CallRow } from '../contract/calls.js';
import { type FixtureName, fixture } from '../photos/fixtures.js';
import { type KnownPhoto, type KnownPhotoName, knownPhoto, knownPhotoNames } from '../photos/known-photos.js';
import type { Sent } from './client.js';
import type { Credentials } from './credentials.js';

/** The photos that are sent: our own, of fictional cards. */
async function photoInBase64(name: string): Promise<string> {
  if (!isKnown(name)) return fixture(name as FixtureName).base64;
  return (await knownPhoto(name)).bytes.toString('base64');
}

const isKnown = (name: string): name is KnownPhotoName => knownPhotoNames.includes(name);

const photoIn = /\$photo:([\w-]+)/;

function nameOfPhoto({ json }: CallRow): string | undefined {
  const { img = '' } = (json ?? {}) as { img?: string };
  return photoIn.exec(img)?.[1];
}

/** The photo of a call, where it is known what should come back for it. */
export async function knownPhotoOf(row: CallRow): Promise<KnownPhoto | undefined> {
  const name = nameOfPhoto(row);
  return name !== undefined && isKnown(name) ? knownPhoto(name) : undefined;
}

const fill = (text: string, credentials: Credentials, photo: string) =>
  text
    .replace(photoIn, () => photo)
    .replace(/\$(\w+)/g, (_, name: string) => credentials[name as keyof Credentials] ?? '');

/** A call of the contract as it goes onto the wire. Texts of JSON are filled one by one, so that a quote in a password is no matter. */
export async function writeCall(
  row: CallRow,
  path: string,
  credentials: Credentials,
  token: string,
): Promise<Sent> {
  const name = nameOfPhoto(row);
  const photo = name === undefined ? '' : await photoInBase64(name);
  const method = row.method ?? 'POST';
  const type = row.form ? 'application/x-www-form-urlencoded' : (row.type ?? 'application/json');
  const origin = row.origin === undefined ? {} : { origin: row.origin };
  return {
    method,
    path,
    headers: { ...(method === 'POST' && { 'content-type': type }), ...origin, ...authorization(row, token) },
    body: writeBody(row, credentials, photo),
  };
}

function authorization({ token: whose = 'none' }: CallRow, token: string): Record<string, string> {
  if (whose === 'none') return {};
  if (whose === 'in Authentication') return { authentication: `Bearer ${token}` };
  return { authorization: `Bearer ${whose === 'ours' ? token : 'nobodyGotThisTokenFromTheServer'}` };
}

function writeBody({ form, json, text = '' }: CallRow, credentials: Credentials, photo: string): string {
  if (form !== undefined) {
    const filled = Object.entries(form).map(([key, value]): [string, string] => [
      key,
      fill(value, credentials, photo),
    ]);
    return new URLSearchParams(filled).toString();
  }
  if (json === undefined) return text;
  return JSON.stringify(json, (_, value) =>
    typeof value === 'string' ? fill(value, credentials, photo) : value,
  );
}
