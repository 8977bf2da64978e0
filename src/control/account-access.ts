import type { Context } from '../exchange/context.js';
import type { Account } from '../state/store.js';
import { ControlProblem } from './problem.js';

/** @throws {ControlProblem} 404, naming those that there are */
export async function accountOf(username: string, { store }: Context): Promise<Account> {
  const account = await store.findUser(username);
  if (account !== undefined) return account;
  const names = (await store.listAccounts()).map((each) => each.username);
  throw new ControlProblem(404, `there is no account "${username}"; there are ${listSome(names)}`);
}

/** @throws {ControlProblem} 409 when another account has a key or id of this one */
export async function putAccount(account: Account, { store }: Context): Promise<void> {
  const keys = account.bundles.map(({ key }) => key);
  if (new Set(keys).size < keys.length) throw new ControlProblem(409, 'one bundle key occurs twice');
  const taken = await store.putAccount(account);
  if (taken !== undefined) throw new ControlProblem(409, `another account has this ${taken} already`);
}

export const listSome = (names: readonly string[]) =>
  names.length === 0 ? 'none' : `${names.slice(0, 20).join(', ')}${names.length > 20 ? ' and more' : ''}`;
