import type { RequestLines } from '../../control/request-lines.js';
import type { TokenState } from '../../control/tokens.js';
import { ask, askRaw } from '../api.js';
import type { Again } from './again.js';

/** Sends a call again, as its client did: over HTTP, to the vendor's path. @returns its number in the journal */
export async function replay(again: Again, photoPath: string): Promise<number | undefined> {
  const before = await lastId();
  const headers = new Headers(again.headers);
  if (again.tokenOf) headers.set('authorization', `Bearer ${await newToken(again.tokenOf.username)}`);
  const body = await bodyOf(again, photoPath);
  // What a scenario does to the connection is an answer, too.
  await fetch(again.path, { method: again.method, headers, ...(body === undefined ? {} : { body }) })
    .then((answer) => answer.arrayBuffer())
    .catch(() => {});
  return callAfter(before, again.path);
}

export async function newToken(username: string): Promise<string> {
  return (await ask<TokenState>('POST', `/accounts/${encodeURIComponent(username)}/tokens`, {})).accessToken;
}

/** The journal is told of a call when its last byte has gone: perhaps a moment after the client has it. */
export async function callAfter(id: number, path: string): Promise<number | undefined> {
  const query = `after=${id}&path=${encodeURIComponent(path)}&timeout=2s`;
  const found = await ask<{ requests: readonly { id: number }[] }>('GET', `/requests/wait?${query}`).catch(
    () => undefined,
  );
  return found?.requests[0]?.id;
}

export async function lastId(): Promise<number> {
  return (await ask<RequestLines>('GET', '/requests/lines?limit=1')).lines[0]?.id ?? 0;
}

async function bodyOf({ method, body }: Again, photoPath: string): Promise<BodyInit | undefined> {
  if (method === 'GET' || method === 'HEAD' || body.kind === 'none') return undefined;
  if (body.kind === 'form') return new URLSearchParams(body.fields);
  const img = body.hasPhoto ? { img: await toBase64(await (await askRaw('GET', photoPath)).blob()) } : {};
  return JSON.stringify({ ...body.fields, ...img });
}

export async function toBase64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
