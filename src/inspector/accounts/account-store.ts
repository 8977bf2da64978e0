import { computed, signal } from '@preact/signals';
import type { AccountAnswer } from '../../control/accounts.js';
import { ask } from '../api.js';

export const accounts = signal<readonly AccountAnswer[]>([]);
const chosenName = signal('');

/** The one that the page is about, wherever it is about one. */
export const account = computed(
  () => accounts.value.find(({ username }) => username === chosenName.value) ?? accounts.value[0],
);

export function chooseAccount(username: string): void {
  chosenName.value = username;
}

export async function loadAccounts(): Promise<void> {
  accounts.value = await ask<AccountAnswer[]>('GET', '/accounts');
}

/** @param rest such as `/queue` */
export const accountPath = (username: string, rest = ''): string =>
  `/accounts/${encodeURIComponent(username)}${rest}`;
