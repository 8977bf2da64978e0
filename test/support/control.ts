import { controlPrefix } from '../../src/exchange/paths.js';

/** A call of the control API that has to succeed. */
export async function control<T = unknown>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const answer = await tryControl(url, method, path, body);
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.json as T;
}

/** A call of the control API, however it ends. */
export async function tryControl(url: string, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${url}${controlPrefix}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
}
