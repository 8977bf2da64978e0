import { signal } from '@preact/signals';
import { remember, remembered } from './remembered.js';

export const controlPrefix = '/__mock';

const session = () => sessionStorage;

export const controlToken = signal(remembered('control-token', session) ?? '');
/** The server has asked for a token, or for another. */
export const needsToken = signal(false);

export function useToken(token: string): void {
  controlToken.value = token;
  needsToken.value = false;
  remember('control-token', token, session);
}

/** What the control API objects to, in its own words. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

/** A call of the control API. @throws {Problem} or what `fetch` throws where there is no server */
export async function askRaw(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const headers = new Headers();
  if (controlToken.value !== '') headers.set('authorization', `Bearer ${controlToken.value}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  const init: RequestInit = { method, headers, cache: 'no-store' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal !== undefined) init.signal = signal;
  const answer = await fetch(`${controlPrefix}${path}`, init);
  if (answer.ok) return answer;
  if (answer.status === 401) needsToken.value = true;
  throw new Problem(answer.status, await detailOf(answer));
}

export async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await askRaw(method, path, body);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}

async function detailOf(answer: Response): Promise<string> {
  const text = await answer.text();
  try {
    return (JSON.parse(text) as { detail: string }).detail;
  } catch {
    return text.slice(0, 300);
  }
}
