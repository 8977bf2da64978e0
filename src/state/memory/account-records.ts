import { isDeepStrictEqual } from 'node:util';
import type { Account, AccountRecord } from '../snapshot.js';

/** The accounts of one process, with what is counted and queued for them. */
export class AccountRecords {
  #configured: readonly Account[] = [];
  readonly #records = new Map<string, AccountRecord>();
  // Looked up at every call, changed now and then.
  readonly #usersOfClients = new Map<string, string>();
  readonly #usersOfBundles = new Map<string, string>();

  get configured(): readonly Account[] {
    return this.#configured;
  }

  all(): readonly AccountRecord[] {
    return [...this.#records.values()];
  }

  find(username: string | undefined): AccountRecord | undefined {
    return username === undefined ? undefined : this.#records.get(username);
  }

  findByClient(clientId: string): AccountRecord | undefined {
    return this.find(this.#usersOfClients.get(clientId));
  }

  findByBundle(bundleKey: string): AccountRecord | undefined {
    return this.find(this.#usersOfBundles.get(bundleKey));
  }

  /** What this account would take away from another. */
  clashOf({ username, clientId, bundles }: Account): 'clientId' | 'bundleKey' | undefined {
    if ((this.#usersOfClients.get(clientId) ?? username) !== username) return 'clientId';
    const isTaken = bundles.some(({ key }) => (this.#usersOfBundles.get(key) ?? username) !== username);
    return isTaken ? 'bundleKey' : undefined;
  }

  /** A new account, or one that starts anew. */
  open(account: Account): void {
    this.#keep({ account, original: account, issued: 0, calls: { crop: 0, token: 0 }, queue: [] });
  }

  /** The account of that user name becomes this one; what is counted and queued for it stays. */
  put(account: Account): void {
    const record = this.#records.get(account.username);
    if (record) this.#keep({ ...record, account });
    else this.open(account);
  }

  count(username: string, change: Partial<Pick<AccountRecord, 'issued' | 'calls' | 'queue'>>): void {
    const record = this.#records.get(username);
    if (record) this.#records.set(username, { ...record, ...change });
  }

  drop(username: string): boolean {
    this.#unindex(username);
    return this.#records.delete(username);
  }

  /** Those of the configuration alone, as on the first day. */
  start(configured: readonly Account[]): void {
    this.restore(configured, []);
    for (const account of configured) this.open(account);
  }

  restore(configured: readonly Account[], records: readonly AccountRecord[]): void {
    this.#configured = configured;
    for (const map of [this.#records, this.#usersOfClients, this.#usersOfBundles]) map.clear();
    for (const record of records) this.#keep(record);
  }

  /** Those of another configuration. @returns the user names that it has no longer */
  configure(next: readonly Account[]): string[] {
    if (isDeepStrictEqual(next, this.#configured)) return [];
    const names = new Set(next.map(({ username }) => username));
    const gone = this.#configured.map(({ username }) => username).filter((name) => !names.has(name));
    for (const username of gone) this.drop(username);
    gone.push(...this.#makeWay(next));
    for (const account of next) this.#configureOne(account);
    this.#configured = next;
    return gone;
  }

  /** Whoever has taken a credential of theirs since goes, or becomes what it was. @returns the user names of those that go */
  #makeWay(next: readonly Account[]): string[] {
    // All are found before one is changed: several may have exchanged what they had.
    const holders = new Set(next.flatMap((account) => this.#holdersOf(account)));
    return [...holders].flatMap((holder) => {
      const own = next.find(({ username }) => username === holder);
      if (own !== undefined) this.put(own);
      else this.drop(holder);
      return own === undefined ? [holder] : [];
    });
  }

  /** Others that have a credential of this account. */
  #holdersOf({ username, clientId, bundles }: Account): string[] {
    const holders = [
      this.#usersOfClients.get(clientId),
      ...bundles.map(({ key }) => this.#usersOfBundles.get(key)),
    ];
    return holders.filter((holder) => holder !== undefined && holder !== username) as string[];
  }

  /** One that the configuration has not changed may have been changed since, and stays so. */
  #configureOne(account: Account): void {
    const record = this.#records.get(account.username);
    if (record === undefined) this.open(account);
    else if (!isDeepStrictEqual(record.original, account))
      this.#keep({ ...record, account, original: account });
  }

  #keep(record: AccountRecord): void {
    const { username, clientId, bundles } = record.account;
    this.#unindex(username);
    this.#records.set(username, record);
    this.#usersOfClients.set(clientId, username);
    for (const { key } of bundles) this.#usersOfBundles.set(key, username);
  }

  #unindex(username: string): void {
    const { clientId, bundles = [] } = this.#records.get(username)?.account ?? {};
    if (clientId !== undefined && this.#usersOfClients.get(clientId) === username)
      this.#usersOfClients.delete(clientId);
    for (const { key } of bundles)
      if (this.#usersOfBundles.get(key) === username) this.#usersOfBundles.delete(key);
  }
}
