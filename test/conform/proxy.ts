import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Test } from 'tap';
import { responseHmac } from '../../src/api/sign.js';
import { demoAccount } from '../../src/config/settings.js';
import { send, type WireAnswer, type WireRequest } from '../support/wire.js';

export type Deviate = (
  answer: WireAnswer,
  request: Required<Pick<WireRequest, 'method' | 'path'>> & { headers: IncomingHttpHeaders; body: Buffer },
) => WireAnswer | Promise<WireAnswer>;

/** A server in front of another, which changes what comes back. Ends with the test. */
export async function startProxy(t: Test, upstream: string, deviate: Deviate): Promise<string> {
  const proxy = createServer(async (request, response) => {
    const body = await buffer(request);
    const { method = 'GET', url: path = '/' } = request;
    const headers = request.headers as Record<string, string>;
    const answer = await send(upstream, { method, path, headers, body });
    const { status, text, headers: changed } = await deviate(answer, { method, path, headers, body });
    delete changed['content-length'];
    delete changed['transfer-encoding'];
    response.writeHead(status, { ...changed, 'content-length': Buffer.byteLength(text) }).end(text);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  t.teardown(() => proxy.close());
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

/** The answer with another picture in it, signed anew. */
export async function withPicture(
  answer: WireAnswer,
  change: (picture: Buffer) => Promise<Buffer>,
): Promise<WireAnswer> {
  const body = JSON.parse(answer.text);
  const img = (await change(Buffer.from(body.data.img, 'base64'))).toString('base64');
  const changed = { ...body, data: { img } };
  const hmac = responseHmac(changed, demoAccount.bundles[0].hmac_key);
  return { ...answer, text: JSON.stringify(changed), headers: { ...answer.headers, hmac } };
}
