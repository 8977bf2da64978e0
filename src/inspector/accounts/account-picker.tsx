import { say } from '../words/words.js';
import { account, accounts, chooseAccount } from './account-store.js';

export const AccountPicker = () => (
  <label class="field">
    <span>{say('account')}</span>
    <select value={account.value?.username} onChange={(event) => chooseAccount(event.currentTarget.value)}>
      {accounts.value.map(({ username }) => (
        <option key={username} value={username}>
          {username}
        </option>
      ))}
    </select>
  </label>
);
