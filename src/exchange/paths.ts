import { isIP } from 'node:net';
import type { Config } from '../config/config.js';

/** Where the control API lives; no path of the vendor's begins like this. */
export const controlPrefix = '/__mock';

export const isControl = (url: string): boolean =>
  url.startsWith(controlPrefix) && ['', '/', '?'].includes(url.charAt(controlPrefix.length));

export const servesControl = ({ control, controlToken, host }: Config): boolean =>
  control === 'on' || (control === 'auto' && (controlToken !== undefined || isLoopback(host)));

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
