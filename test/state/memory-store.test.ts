import { test } from 'tap';
import { createIdentifiers } from '../../src/state/identifiers.js';
import { createMemoryStore } from '../../src/state/memory-store.js';
import { storeSuite, suiteAccounts } from './store-suite.js';

const open = (seed: string) => createMemoryStore(suiteAccounts, createIdentifiers(seed));

storeSuite('memory', (_t, seed) => open(seed));

test('the oldest tokens are forgotten beyond 20,000', async (t) => {
  const store = open('a');
  const grant = { username: 'alice', clientId: 'c', scope: 'read', issuedAtMs: 0, expiresAtMs: 1 };
  const tokens = [];
  for (let n = 0; n < 20_002; n++) tokens.push(await store.issueToken(grant));
  const known = await Promise.all(tokens.slice(0, 4).map(({ accessToken }) => store.findToken(accessToken)));
  t.same(
    known.map((token) => token !== undefined),
    [false, false, true, true],
  );
  t.equal(await store.findRefreshToken(tokens[0]!.refreshToken), undefined);
  t.match(await store.takeTrial(tokens[0]!.accessToken, 's', 1), { taken: true }, 'in mid-request');
});
