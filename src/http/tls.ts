import { readFile } from 'node:fs/promises';
import { Server as SecureServer } from 'node:https';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { createSecureContext } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { type Config, ConfigError } from '../config/config.js';
import { RealDate } from '../real-time.js';
import { lanAddresses } from './lan-addresses.js';

/**
 * Gives an HTTPS server its certificate before it listens: `app.ready()` throws a {@link ConfigError} where the files are no
 * certificate and its key. The log says why a client went away without a request.
 */
export function certify(app: FastifyInstance, config: Config): void {
  const server: unknown = app.server;
  if (!(server instanceof SecureServer)) return;
  app.addHook('onReady', async () => server.setSecureContext(await certificateOf(config)));
  server.on('tlsClientError', ({ code, message }: NodeJS.ErrnoException) => {
    if (code !== 'ECONNRESET') app.log.info({ reason: whyNoTls(code) ?? message }, 'no TLS connection');
  });
}

interface Certificate {
  /** Both in PEM. */
  readonly cert: string;
  readonly key: string;
}

async function certificateOf({ tlsCert, tlsKey, host }: Config): Promise<Certificate> {
  if (tlsCert === undefined || tlsKey === undefined) return selfSigned(host);
  const [cert, key] = await Promise.all([readPem('tls-cert', tlsCert), readPem('tls-key', tlsKey)]);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new ConfigError([`tls-cert and tls-key: ${(error as Error).message}`]);
  }
  return { cert, key };
}

async function readPem(setting: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError([`${setting}: ${(error as Error).message}`]);
  }
}

/** For clocks that are behind ours. */
const dayMs = 86_400_000;

/** Loaded when it is asked for: it is a quarter of a second's work. */
async function selfSigned(host: string): Promise<Certificate> {
  const { generate } = await import('selfsigned');
  const names = new Set([
    'localhost',
    '127.0.0.1',
    '::1',
    hostname(),
    host,
    ...lanAddresses().map(unbracket),
  ]);
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new RealDate(RealDate.now() - dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...names].map(toAltName) },
    ],
  });
  return { cert: made.cert, key: made.private };
}

const unbracket = (address: string) => address.replace(/^\[|\]$/g, '');

const toAltName = (name: string) =>
  isIP(name) === 0 ? ({ type: 2, value: name } as const) : ({ type: 7, ip: name } as const);

function whyNoTls(code = ''): string | undefined {
  if (code === 'ERR_SSL_HTTP_REQUEST') return 'plain HTTP, and this server speaks HTTPS';
  return /UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE/.test(code)
    ? 'the client does not trust the certificate'
    : undefined;
}
