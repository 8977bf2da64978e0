import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { URL } from 'node:url';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { isLoopback } from '../exchange/paths.js';
import { ControlProblem } from './problem.js';

const everyAddress = ['0.0.0.0', '::'];

/** `/metrics` has no token to ask for. */
type Visited = Pick<Config, 'host'> & Partial<Pick<Config, 'controlToken'>>;

/**
 * Whoever knows a name's DNS may let it lead here: a page of `evil.example:3000` is then of the same origin as this server and
 * reads all there is. So a browser is served where the host that it asked for cannot be somebody else's, or with a `control-token`,
 * which no such page has. A program goes where it was sent, and may use any name that leads here, such as a service's in compose.
 */
export function refuseStrangeHosts(config: Visited) {
  return async ({ headers }: FastifyRequest): Promise<void> => {
    if (!isFromBrowser(headers) || servesVisitor(headers.host, config)) return;
    throw new ControlProblem(
      403,
      `a browser is served here under localhost, a loopback address or the setting "host" (${config.host}), or with a control-token; it asked for ${JSON.stringify(headers.host ?? '')}`,
    );
  };
}

/** Whether a browser that asked for this host is let in. @param asked the header `Host` */
export const servesVisitor = (asked: string | undefined, { host, controlToken }: Visited): boolean =>
  controlToken !== undefined || isOurs(asked, host);

/** A web page may post an empty body wherever it likes, but the browser says for whom: only pages of this server may. */
export async function refuseOtherPages({ method, headers }: FastifyRequest): Promise<void> {
  const { host, origin, 'sec-fetch-site': site } = headers;
  const isOther =
    site === undefined
      ? origin !== undefined && origin.replace(/^https?:\/\//, '') !== host
      : site !== 'same-origin' && site !== 'none';
  if (isOther && method !== 'GET') {
    throw new ControlProblem(403, 'a web page of another origin may change nothing here');
  }
}

/** @param asked the header `Host` @param listened the setting `host` */
function isOurs(asked: string | undefined, listened: string): boolean {
  const name = nameOf(asked ?? '');
  if (name === undefined) return false;
  const isAddress = isIP(name) !== 0;
  // An address is looked up in nobody's DNS.
  return (
    isLoopback(name) || name === nameOf(forUrl(listened)) || (isAddress && everyAddress.includes(listened))
  );
}

/** As browsers read it: in lower case, `127.1` as `127.0.0.1`; without port and brackets. */
function nameOf(host: string): string | undefined {
  try {
    return new URL(`http://${host}`).hostname.replace(/^\[|\]$|\.$/g, '');
  } catch {
    return undefined;
  }
}

const forUrl = (host: string) => (isIP(host) === 6 ? `[${host}]` : host);

/**
 * By what a page's script cannot leave out. Without TLS, browsers send no `Sec-Fetch-…` to a strange name, and no `Origin` with a
 * GET of the same origin, but always `Accept-Language`. So does Node's `fetch`, with a `Sec-Fetch-Mode` by itself, which no page can set.
 */
function isFromBrowser(headers: IncomingHttpHeaders): boolean {
  const { origin, referer, 'user-agent': agent = '', 'accept-language': language } = headers;
  const isNode = headers['sec-fetch-mode'] !== undefined;
  return (
    [origin, referer, headers['sec-fetch-site']].some((mark) => mark !== undefined) ||
    agent.startsWith('Mozilla/') ||
    (language !== undefined && !isNode)
  );
}
