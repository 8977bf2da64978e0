import { once } from 'node:events';
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { performance } from 'node:perf_hooks';
import { URL } from 'node:url';
import zlib from 'node:zlib';
import { vendorError } from '../errors.js';

/** An answer of the upstream, as it came. */
export interface Theirs {
  readonly status: number;
  readonly reason: string;
  /** Names and values in turn, without those that concern one connection only. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly ms: number;
}

/** How long it may be silent. */
const patienceMs = 60_000;

/**
 * Sends a request on as it came: the same bytes under the same headers, in the same order and case. With Node's own client, as fetch would
 * leave headers out, write others and unpack the answer.
 *
 * @param departure what ends it where the client goes away
 * @throws {VendorError} `SERVICE_UNAVAILABLE` where no answer comes
 */
export async function forward(
  upstream: string,
  { method = 'GET', url: path = '/', rawHeaders }: IncomingMessage,
  body: Uint8Array,
  departure: (end: () => void) => void,
): Promise<Theirs> {
  const startedMs = performance.now();
  const target = new URL(upstream);
  const { request } = target.protocol === 'https:' ? https : http;
  const hasBody = body.length > 0 || rawHeaders.some((name) => /^content-length$/i.test(name));
  const outgoing = request({
    protocol: target.protocol,
    hostname: target.hostname.replace(/^\[|\]$/g, ''),
    port: target.port,
    method,
    path: `${target.pathname.replace(/\/$/, '')}${path}`,
    headers: [
      ...['Host', target.host],
      ...endToEnd(rawHeaders, notForwarded),
      ...(hasBody ? ['Content-Length', String(body.length)] : []),
    ],
    timeout: patienceMs,
  });
  outgoing.on('error', () => {}); // of several, one is waited for
  outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${patienceMs / 1000} s`)));
  departure(() => outgoing.destroy(new Error('the client has gone')));
  try {
    outgoing.end(body);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return {
      status: answer.statusCode!,
      reason: answer.statusMessage ?? '',
      rawHeaders: endToEnd(answer.rawHeaders, notReturned),
      headers: answer.headers,
      body: Buffer.concat(chunks),
      ms: performance.now() - startedMs,
    };
  } catch (error) {
    throw vendorError('SERVICE_UNAVAILABLE', `no answer of the upstream: ${describe(error as Error)}`);
  }
}

const describe = ({ message, code }: Error & { code?: string }) => message || String(code);

/** RFC 9110, 7.6.1. */
const ofOneConnection = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
];
/** It has been answered here: the body is there. */
const notForwarded: ReadonlySet<string> = new Set([...ofOneConnection, 'host', 'expect']);
const notReturned: ReadonlySet<string> = new Set(ofOneConnection);

/** Without what is for one connection: by its name, or because the header `Connection` names it. */
function endToEnd(rawHeaders: readonly string[], left: ReadonlySet<string>): string[] {
  const pairs = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1]!] as const] : []));
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(','))
    .map((name) => name.trim().toLowerCase());
  return pairs
    .filter(([name]) => !left.has(name.toLowerCase()) && !named.includes(name.toLowerCase()))
    .flat();
}

const unpackers: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: zlib.gunzipSync,
  'x-gzip': zlib.gunzipSync,
  deflate: zlib.inflateSync,
  br: zlib.brotliDecompressSync,
};

/** @returns `undefined` for what is packed in a way that is not known, or broken */
export function textOf({ headers, body }: Theirs): string | undefined {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return body.toString();
  try {
    return unpackers[encoding]?.(body).toString();
  } catch {
    return undefined;
  }
}
