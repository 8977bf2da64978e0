import fc from 'fast-check';
import { bundleKey, cropperPath, passwordGrant, tokenPath } from '../support/simulator.js';
import type { WireRequest } from '../support/wire.js';

const anyOf = <T>(...items: readonly T[]) => fc.constantFrom(...items);
/** The good value most of the time, so that a request comes past the first stations. */
const mostly = <T>(good: fc.Arbitrary<T>, other: fc.Arbitrary<T>, weight = 5) =>
  fc.oneof({ arbitrary: good, weight }, { arbitrary: other, weight: 1 });

const methods = anyOf(
  'GET',
  'HEAD',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'M-SEARCH',
);
const urlText = fc.string({
  unit: anyOf(...'abz019._~-%/?#[]@!$&;=+,:*'.split(''), '%00', '%2f', '%2e%2e', '%F0', '//'),
});
const paths = (good: string) =>
  fc.oneof(
    { arbitrary: anyOf(good, good.replace(/\/?$/, '/'), good.replace(/\/$/, ''), `/${good}`), weight: 8 },
    { arbitrary: urlText.map((text) => `${good}${text}`), weight: 1 },
    { arbitrary: urlText.map((text) => `/${text}`), weight: 1 },
    { arbitrary: urlText.map((text) => `http://x${good}?${text}`), weight: 1 },
  );

/** What Node's client lets out: any byte of Latin-1 but the controls. */
const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 60,
});
const jsonTypes = anyOf(
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-16',
  'Application/JSON',
);
const formTypes = anyOf(
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=iso-8859-1',
  'multipart/form-data; boundary=b',
  'multipart/form-data',
);
const extraHeaders = fc.dictionary(
  anyOf(
    'accept',
    'accept-language',
    'content-encoding',
    'cookie',
    'authentication',
    'origin',
    'prefer',
    'range',
    'x-http-method-override',
    'if-none-match',
    'x-forwarded-host',
  ),
  headerText,
  { maxKeys: 3 },
);

const anyText = fc.string({ unit: 'binary', maxLength: 200 });
const anyBytes = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const photoText = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  fc
    .uint8Array({ maxLength: 300 })
    .map((bytes) => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), bytes]).toString('base64')),
  fc
    .uint8Array({ maxLength: 300 })
    .map((bytes) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), bytes]).toString('base64')),
  anyText,
);
const anyJson = fc.json({ maxDepth: 6 });

const cropFields = fc.record(
  {
    bundle_key: mostly<unknown>(fc.constant(bundleKey), fc.jsonValue()),
    img: mostly<unknown>(photoText, fc.jsonValue()),
    lang: fc.oneof(anyOf<unknown>('en', 'ar'), fc.jsonValue()),
  },
  { requiredKeys: [] },
);
/** A piece of JSON, or of a form, that somebody has cut, doubled or sprinkled. */
const damage = (good: fc.Arbitrary<string>) =>
  fc.tuple(good, fc.nat(), fc.nat({ max: 30 }), anyText).map(([text, at, length, other]) => {
    const start = at % (text.length + 1);
    return `${text.slice(0, start)}${other.slice(0, length)}${text.slice(start + length)}`;
  });
const cropJson = cropFields.map((fields) => JSON.stringify(fields));
const cropBody = fc.oneof(
  { arbitrary: cropJson as fc.Arbitrary<string | Buffer>, weight: 6 },
  { arbitrary: damage(cropJson), weight: 2 },
  { arbitrary: anyJson, weight: 1 },
  { arbitrary: cropJson.map((text) => Buffer.from(`\ufeff${text}`, 'utf16le')), weight: 1 },
  { arbitrary: anyBytes, weight: 1 },
);

const formFields = fc
  .tuple(
    fc.dictionary(anyOf(...Object.keys(passwordGrant), 'scope', 'refresh_token', 'code', 'x'), anyText, {
      maxKeys: 3,
    }),
    fc.subarray(Object.keys(passwordGrant)),
    anyOf(
      'password',
      'password',
      'password',
      'refresh_token',
      'client_credentials',
      'authorization_code',
      '',
    ),
  )
  .map(([others, kept, grant]) => ({
    ...others,
    ...Object.fromEntries(kept.map((name) => [name, passwordGrant[name]!])),
    ...(kept.includes('grant_type') && { grant_type: grant }),
  }));
const encoded = formFields.map((fields) => new URLSearchParams(fields).toString());
const unencoded = formFields.map((fields) =>
  Object.entries(fields)
    .map((pair) => pair.join('='))
    .join('&'),
);
const multipart = formFields.map((fields) => {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--b--\r\n`;
});
const tokenBody = fc.oneof(
  { arbitrary: encoded as fc.Arbitrary<string | Buffer>, weight: 5 },
  { arbitrary: unencoded, weight: 2 },
  { arbitrary: multipart, weight: 2 },
  { arbitrary: damage(encoded), weight: 1 },
  { arbitrary: damage(multipart), weight: 1 },
  { arbitrary: anyBytes, weight: 1 },
);

/** As Node's client would send them: whatever is in them, it is HTTP. */
function requestsTo(
  path: string,
  types: fc.Arbitrary<string>,
  body: fc.Arbitrary<string | Buffer>,
  authorization: fc.Arbitrary<string>,
): fc.Arbitrary<WireRequest> {
  return fc
    .record({
      method: mostly(fc.constant('POST'), methods, 12),
      path: paths(path).filter((url) => /^[!-~]+$/.test(url)),
      type: mostly<string | undefined>(types, fc.option(headerText, { nil: undefined }), 8),
      authorization,
      headers: extraHeaders,
      body: fc.option(body, { nil: undefined, freq: 15 }),
    })
    .map(({ type, authorization: given, headers, ...rest }) => ({
      ...rest,
      headers: { ...headers, authorization: given, ...(type !== undefined && { 'content-type': type }) },
    }));
}

/** @param token one that has trials left */
export const cropRequests = (token: string) =>
  requestsTo(cropperPath, jsonTypes, cropBody, mostly(fc.constant(`Bearer ${token}`), headerText, 10));

const basic = fc
  .tuple(anyText, anyText)
  .map(([id, secret]) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`);
export const tokenRequests = requestsTo(tokenPath, formTypes, tokenBody, fc.oneof(basic, headerText));

/** Bytes on the wire that begin as a request and may not stay one. */
export function rawRequests(token: string): fc.Arbitrary<string> {
  const head = (path: string, type: string, body: string) =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`;
  const good = fc.oneof(
    cropJson.map((body) => head(cropperPath, 'application/json', body)),
    encoded.map((body) => head(tokenPath, 'application/x-www-form-urlencoded', body)),
    cropJson.map(
      (body) =>
        `POST ${cropperPath} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    ),
  );
  const wireText = fc.string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    maxLength: 30,
  });
  const pieces = fc.oneof(
    wireText,
    anyOf(
      '\r\n',
      '\r\n\r\n',
      '\n',
      '\0',
      ': ',
      'Content-Length: 5\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Expect: 100-continue\r\n',
      'Connection: close\r\n',
      'Upgrade: websocket\r\n',
      'HTTP/1.0',
      'HTTP/2.0',
      'CONNECT x:1',
      'ffffffff\r\n',
    ),
  );
  return fc
    .tuple(good, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), pieces), { maxLength: 3 }))
    .map(([text, cuts]) =>
      cuts.reduce((now, [at, length, piece]) => {
        const start = at % (Math.min(now.length, 400) + 1);
        return `${now.slice(0, start)}${piece}${now.slice(start + length)}`;
      }, text),
    );
}
