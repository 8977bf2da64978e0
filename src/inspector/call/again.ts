import type { AccountAnswer } from '../../control/accounts.js';
import type { JournalEntry } from '../../journal/entry-types.js';
import { shorten } from '../../journal/redact.js';

/** A call of the journal, to be sent once more. What was redacted there is taken from its account. */
export interface Again {
  readonly method: string;
  readonly path: string;
  /** Without those that a client makes up itself. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body:
    | { readonly kind: 'none' }
    | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
    /** `hasPhoto`: with `img`, which is the photo in the journal. */
    | {
        readonly kind: 'json';
        readonly fields: Readonly<Record<string, unknown>>;
        readonly hasPhoto: boolean;
      };
  /** Whose token it carries: a new one is to be had; null where the call had none, or a wrong one, which stands in `headers`. */
  readonly tokenOf: AccountAnswer | null;
}

export type Obstacle = 'photoGone' | 'bodyNotKept';

/** What of the headers may have decided; the others are the client's own affair. */
const telling = ['x-mock-scenario', 'prefer', 'accept-language'];

/** @returns why not, where it cannot be done */
export function againOf(entry: JournalEntry, accounts: readonly AccountAnswer[]): Again | Obstacle {
  const { method, path, endpoint, requestHeaders } = entry;
  const account = accounts.find(({ username }) => username === entry.account);
  const kept = Object.entries(requestHeaders).filter(([name]) => telling.includes(name));
  const plain = {
    method,
    path,
    headers: Object.fromEntries(kept),
    body: { kind: 'none' },
    tokenOf: null,
  } as const;
  if (endpoint === 'other' || method !== 'POST') return plain;
  if (endpoint === 'token') return tokenAgain(plain, entry, account);
  return cropAgain(plain, entry, account ?? accounts[0]);
}

function tokenAgain(
  plain: Again,
  { requestBody }: JournalEntry,
  account: AccountAnswer | undefined,
): Again | Obstacle {
  if (requestBody === null) return 'bodyNotKept';
  const secrets: Readonly<Record<string, string | undefined>> = {
    password: account?.password,
    client_secret: account?.clientSecret,
    client_id: account?.clientId,
  };
  const fields = Object.entries(requestBody).map(([name, value]) => [
    name,
    restore(String(value), [secrets[name]]),
  ]);
  return { ...plain, body: { kind: 'form', fields: Object.fromEntries(fields) } };
}

function cropAgain(plain: Again, entry: JournalEntry, account: AccountAnswer | undefined): Again | Obstacle {
  const { requestBody, requestHeaders, photo, station, status } = entry;
  const given = requestHeaders.authorization;
  const isTokenWrong = station === 'authenticate' && status === 403 && entry.scenario === null;
  const headers = { ...plain.headers, 'content-type': requestHeaders['content-type'] ?? 'application/json' };
  const sent =
    isTokenWrong && given !== undefined
      ? { ...headers, authorization: given.replaceAll('…', '...') }
      : headers;
  const tokenOf = isTokenWrong || given === undefined ? null : (account ?? null);
  if (photo !== null && !photo.kept) return 'photoGone';
  if (requestBody === null) {
    // Refused by its headers: the body does not matter.
    if (status === 400) return 'bodyNotKept';
    return { ...plain, headers: sent, tokenOf, body: { kind: 'json', fields: {}, hasPhoto: false } };
  }
  const keys = (account?.bundles ?? []).map(({ key }) => key);
  const restoreKey = (cut: unknown) => magicKeyOf(entry) ?? restore(String(cut), keys);
  const fields = Object.entries(requestBody)
    .filter(([name]) => photo === null || name !== 'img')
    .map(([name, value]) => [name, name === 'bundle_key' ? restoreKey(value) : value]);
  const body = { kind: 'json', fields: Object.fromEntries(fields), hasPhoto: photo !== null } as const;
  return { ...plain, headers: sent, body, tokenOf };
}

/** Any key that names the scenario: which one it was is cut away. */
const magicKeyOf = ({ scenario }: JournalEntry) =>
  scenario?.chosenBy === 'magic key' ? `magic-${scenario.text}` : undefined;

/** The secret that was cut to what stands in the journal; else what stands there. */
const restore = (cut: string, secrets: readonly (string | undefined)[]): string =>
  secrets.find((secret) => secret !== undefined && shorten(secret) === cut) ?? cut;
