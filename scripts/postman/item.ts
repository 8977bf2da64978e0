import { readFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.js';

/** The parts of a Postman collection, format 2.1. */
export interface Item {
  readonly name: string;
  readonly event: readonly Event[];
  readonly request: Request;
  readonly response: readonly object[];
}

interface Event {
  readonly listen: 'prerequest' | 'test';
  readonly script: { readonly type: string; readonly exec: readonly string[] };
}

interface Request {
  readonly method: string;
  readonly header: readonly { readonly key: string; readonly value: string }[];
  readonly url: { readonly raw: string; readonly host: readonly string[]; readonly path: readonly string[] };
  readonly body?: object;
  readonly auth?: { readonly type: 'noauth' };
  readonly description?: string;
}

interface Parts {
  readonly name: string;
  readonly description: string;
  readonly request: Request;
  /** Lines of JavaScript, run in this order after the answer. */
  readonly tests: readonly string[];
  /** An answer to look at without a server. */
  readonly saved?: { readonly status: number; readonly body: object } | undefined;
}

export const item = ({ name, description, request, tests, saved }: Parts): Item => ({
  name,
  event: [event('test', tests.join('\n\n'))],
  request: { ...request, description },
  response: saved === undefined ? [] : [example(name, request, saved)],
});

export const event = (listen: Event['listen'], script: string): Event => ({
  listen,
  script: { type: 'text/javascript', exec: script.trimEnd().split('\n') },
});

export const script = (name: string): string =>
  readFileSync(join(packageRoot, 'scripts/postman/sandbox', `${name}.js`), 'utf8');

export const urlOf = (path: string): Request['url'] => ({
  raw: `{{base_url}}${path}`,
  host: ['{{base_url}}'],
  path: path.split('/').slice(1),
});

/** @param bundleKey a variable in braces, or the key itself */
export function cropRequest(path: string, bundleKey = '{{bundle_key}}'): Request {
  const body = { bundle_key: bundleKey, img: '{{photo}}', lang: 'en' };
  return {
    method: 'POST',
    header: [{ key: 'Content-Type', value: 'application/json' }],
    url: urlOf(path),
    body: {
      mode: 'raw',
      raw: JSON.stringify(body, undefined, 2),
      options: { raw: { language: 'json' } },
    },
  };
}

const example = (name: string, originalRequest: Request, { status, body }: NonNullable<Parts['saved']>) => ({
  name,
  originalRequest,
  status: STATUS_CODES[status],
  code: status,
  _postman_previewlanguage: 'json',
  header: [{ key: 'Content-Type', value: 'application/json' }],
  body: JSON.stringify(body, undefined, 2),
});
