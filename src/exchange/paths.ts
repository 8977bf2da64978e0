import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';

/** Where the control API lives; no path of the vendor's begins like this. */
export const controlPrefix = '/__mock';
export const docsPrefix = '/docs';
export const welcomePath = '/';
/** Where the lines that the server prints get their photo from: what is printed in a container names no file of the host's. */
export const examplePhotoPath = `${docsPrefix}/card-on-table.jpg`;
export const livePath = '/livez';
export const readyPath = '/readyz';
export const metricsPath = '/metrics';

/** Our own pages are none of the vendor's calls: no entry in the journal, and only a `debug` line in the log. */
const ownPages = [controlPrefix, docsPrefix, livePath, readyPath, metricsPath];

/** A browser that begins at the beginning. Everybody else has come to a path that the vendor does not have. */
export const isWelcome = ({ routeOptions, headers }: FastifyRequest): boolean =>
  routeOptions.url === welcomePath && /\btext\/html\b/i.test(headers.accept ?? '');

/** Asked of a request again and again; the answer is kept with it. */
export function isOwn(request: FastifyRequest): boolean {
  request.exchange.isOwn ??= isOwnPage(routeOf(request)) || isWelcome(request);
  return request.exchange.isOwn;
}

export const isOwnPage = (route: string): boolean => ownPages.some((page) => isUnder(page, route));

export const isControl = (url: string): boolean => isUnder(controlPrefix, url);

const isUnder = (page: string, url: string) =>
  url.startsWith(page) && ['', '/', '?'].includes(url.charAt(page.length));

export const servesControl = ({ control, controlToken, host }: Config): boolean =>
  control === 'on' || (control === 'auto' && (controlToken !== undefined || isLoopback(host)));

export const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** The route that answers, however its path was written (`//livez`); the path where there is none. */
export const routeOf = ({ routeOptions, url }: FastifyRequest) =>
  leadsNowhere(routeOptions.url) ? pathOf(url) : routeOptions.url;

/** `*` is only there so that OPTIONS of any path meets the hooks (`http/cors.ts`). */
export const leadsNowhere = (route: string | undefined): route is undefined | '*' =>
  route === undefined || route === '*';

const longestPath = 200;
/** Of an absolute-form target, as clients behind a proxy send it; it may hold a password. */
const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/** Without the query, which may hold anything. */
export const pathOf = (url: string) => url.replace(authority, '').replace(/\?.*/s, '').slice(0, longestPath);
