import type { IncomingHttpHeaders } from 'node:http';
import { URLSearchParams } from 'node:url';

/** Names that stand for the credentials of a request, so that no secret gets into what this server remembers. */
export interface Names {
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly accessToken: string;
  readonly bundleKey: string;
}

/** What this server is asked besides. */
export interface Disguised {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A scenario is for this server alone: it has no place beside another one's answer. */
const dropped = ['prefer', 'x-mock-scenario', 'host', 'content-length', 'transfer-encoding', 'expect'];

const kept = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.includes(name)));

/** As `api/authenticate.ts` finds it. */
export const bearerOf = ({ authorization, authentication }: IncomingHttpHeaders): string | undefined =>
  /^bearer[ \t]+(\S+)$/i.exec(String(authorization ?? authentication ?? '').trim())?.[1];

/** The cropper's request with other names; all else stands as it stood, the mistakes too. */
export function disguiseCrop(headers: IncomingHttpHeaders, body: Buffer, names: Names): Disguised {
  const text = body
    .toString('latin1')
    .replace(
      /("bundle_key"\s*:\s*")((?:[^"\\]|\\.)+)"/g,
      (_, before: string) => `${before}${names.bundleKey}"`,
    );
  const token = bearerOf(headers);
  const named = token === undefined ? {} : { token, by: names.accessToken };
  return { headers: withToken(kept(headers), named), body: Buffer.from(text, 'latin1') };
}

function withToken(
  headers: IncomingHttpHeaders,
  { token, by }: { token?: string; by?: string },
): IncomingHttpHeaders {
  if (token === undefined || by === undefined) return headers;
  const replace = (header: unknown) => header && String(header).replace(token, by);
  const { authorization, authentication, ...others } = headers;
  return {
    ...others,
    ...(authorization !== undefined && { authorization: replace(authorization) as string }),
    ...(authentication !== undefined && { authentication: replace(authentication) as string }),
  };
}

const fieldNames = {
  username: 'username',
  password: 'password',
  client_id: 'clientId',
  client_secret: 'clientSecret',
  refresh_token: 'refreshToken',
} as const satisfies Readonly<Record<string, keyof Names>>;

/** The token endpoint's, likewise. @returns `undefined` for a body in which they are not found: no form, or multipart */
export function disguiseLogin(
  headers: IncomingHttpHeaders,
  body: Buffer,
  names: Names,
): Disguised | undefined {
  if (/multipart/i.test(headers['content-type'] ?? '')) return undefined;
  const text = body
    .toString('latin1')
    .replace(
      /(^|&)(username|password|client_id|client_secret|refresh_token)=([^&]+)/g,
      (_, before: string, field: keyof typeof fieldNames) =>
        `${before}${field}=${encodeURIComponent(names[fieldNames[field]])}`,
    );
  const { authorization, ...others } = kept(headers);
  const basic = Buffer.from(`${names.clientId}:${names.clientSecret}`).toString('base64');
  const isBasic = authorization !== undefined && /^Basic \S/.test(String(authorization).trim());
  return {
    headers: isBasic ? { ...others, authorization: `Basic ${basic}` } : others,
    body: Buffer.from(text, 'latin1'),
  };
}

export const bundleKeyIn = (body: Buffer): string | undefined =>
  /"bundle_key"\s*:\s*"((?:[^"\\]|\\.)+)"/.exec(body.toString('latin1'))?.[1];

/** What of a request must not be repeated by anybody. */
export function secretsOf(headers: IncomingHttpHeaders, body: Buffer): string[] {
  const { authorization, authentication, cookie } = headers;
  const ofHeaders = [authorization, authentication, cookie].flatMap((text) =>
    String(text ?? '').split(/\s+/),
  );
  const form = new URLSearchParams(body.length > 65_536 ? '' : body.toString('latin1'));
  const ofForm = Object.keys(fieldNames).map((field) => form.get(field) ?? '');
  return [...ofHeaders, bundleKeyIn(body) ?? '', ...ofForm].filter((secret) => secret.length > 3);
}
