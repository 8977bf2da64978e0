import { URL } from 'node:url';

/** Where replicas keep their state together. */
export interface Address {
  /** As the client library takes it. */
  readonly url: string;
  /** What every key begins with, so that several simulations can share one server. */
  readonly prefix: string;
  /** All keys go so long after the last replica has ended. */
  readonly ttlSeconds: number;
}

/** Valkey speaks the same protocol; the schemes are other names for the same. */
const schemes: Readonly<Record<string, string>> = {
  'redis:': 'redis:',
  'rediss:': 'rediss:',
  'valkey:': 'redis:',
  'valkeys:': 'rediss:',
};

const defaultPrefix = 'id-cropper';
const secondsOfDay = 86_400;

/**
 * @example readAddress('rediss://:password@valkey:6379/0?prefix=ci-417&ttl=3600')
 * @returns `undefined` for what is no such address
 */
export function readAddress(text: string): Address | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const scheme = schemes[url.protocol];
  const {
    prefix = defaultPrefix,
    ttl = String(secondsOfDay),
    ...unknown
  } = Object.fromEntries(url.searchParams);
  const isSound =
    scheme !== undefined &&
    url.hostname !== '' &&
    /^\/?\d*$/.test(url.pathname) &&
    prefix !== '' &&
    /^[1-9]\d{0,8}$/.test(ttl) &&
    Object.keys(unknown).length === 0;
  if (!isSound) return undefined;
  url.search = '';
  return { url: scheme + url.href.slice(url.protocol.length), prefix, ttlSeconds: Number(ttl) };
}

/** For the log and the control API. */
export function withoutPassword(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  if (url.password !== '') url.password = '…';
  return decodeURI(url.href);
}
