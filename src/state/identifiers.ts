import { createHmac } from 'node:crypto';

const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const tokenLength = 30;
const credentialLength = 40;

/**
 * Names for tokens and transactions as functions of the seed and of what they belong to, never of the order in which
 * parallel callers come: the n-th token of a user and the n-th transaction of a token are the same in every run.
 */
export function createIdentifiers(seed: string) {
  const digest = (...parts: readonly (string | number)[]) =>
    createHmac('sha512', seed).update(JSON.stringify(parts)).digest();

  const letters = (length: number, ...parts: readonly (string | number)[]) =>
    Array.from(
      digest(...parts).subarray(0, length),
      (byte) => alphanumerics[byte % alphanumerics.length],
    ).join('');

  return {
    /** 30 alphanumerics, as the vendor's token endpoint gives them. */
    token: (kind: 'access' | 'refresh', username: string, n: number) =>
      letters(tokenLength, kind, username, n),

    /** 40 alphanumerics. */
    credential: (kind: 'password' | 'clientId' | 'clientSecret', username: string) =>
      letters(credentialLength, kind, username),

    /** 32 lower-case hexadecimal characters, as the vendor's bundle keys are. */
    bundleKey: (username: string, n: number) => digest('bundle', username, n).toString('hex').slice(0, 32),

    hmacKey: (username: string, n: number) => digest('hmac', username, n).toString('hex').slice(0, 64),

    /** Dashed lower-case UUID, version 4. */
    transaction: (accessToken: string, service: string, n: number) =>
      formatUuidV4(digest('transaction', accessToken, service, n)),
  };
}

export type Identifiers = ReturnType<typeof createIdentifiers>;

function formatUuidV4(random: Buffer): string {
  const bytes = Buffer.from(random.subarray(0, 16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40; // RFC 9562: version 4
  bytes[8] = (bytes[8]! & 0x3f) | 0x80; // RFC 9562: variant 10
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
