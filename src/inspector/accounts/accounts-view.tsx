import { useSignal } from '@preact/signals';
import { ask } from '../api.js';
import { attempt } from '../controls/announcer.js';
import { ConfirmButton } from '../controls/confirm-button.js';
import { Icon } from '../controls/icon.js';
import { useFresh } from '../controls/use-fresh.js';
import { say } from '../words/words.js';
import { AccountPicker } from './account-picker.js';
import { account, accountPath, chooseAccount, loadAccounts } from './account-store.js';
import { Bundles } from './bundles.js';
import { Credentials } from './credentials.js';
import { Tokens } from './tokens.js';

export function AccountsView() {
  useFresh(loadAccounts);
  const current = account.value;
  return (
    <div class="page">
      <h1>{say('accounts')}</h1>
      <div class="toolbar">
        <AccountPicker />
        <NewAccount />
      </div>
      {current && (
        <div class="cards">
          <Credentials account={current} />
          <Bundles account={current} />
          <Tokens key={current.username} username={current.username} />
          <section class="card wide">
            <h2>{say('reset')}</h2>
            <p class="hint">{say('resetAccountHint')}</p>
            <div class="button-row">
              <ConfirmButton
                label={say('resetAccount')}
                hint={say('resetAccountHint')}
                onConfirm={() => ask('POST', accountPath(current.username, '/reset')).then(loadAccounts)}
              />
              <ConfirmButton
                label={say('deleteAccount')}
                hint={current.username}
                onConfirm={() => ask('DELETE', accountPath(current.username)).then(loadAccounts)}
              />
            </div>
          </section>
        </div>
      )}
    </div>
  );
}

function NewAccount() {
  const name = useSignal('');
  const create = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      const body = name.value === '' ? {} : { username: name.value };
      const made = await ask<{ username: string }>('POST', '/accounts', body);
      await loadAccounts();
      chooseAccount(made.username);
      name.value = '';
    });
  };
  return (
    <form class="inline-form" onSubmit={create}>
      <input
        aria-label={say('newAccountName')}
        placeholder={say('username')}
        autocomplete="off"
        dir="ltr"
        value={name.value}
        onInput={(event) => {
          name.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="button">
        <Icon name="plus" />
        {say('newAccount')}
      </button>
    </form>
  );
}
