import { type Test, test } from 'tap';
import type { Account, Grant, Store } from '../../src/state/store.js';

export const suiteAccounts: readonly Account[] = ['alice', 'bob'].map((name) => ({
  username: name,
  password: `${name}-password`,
  clientId: `${name}-client`,
  clientSecret: `${name}-secret`,
  bundles: [{ key: `${name}-bundle`, hmacKey: `${name}-hmac`, trials: 3, services: ['id_cropper'] }],
}));

const grant = (username: string): Grant => ({
  username,
  clientId: `${username}-client`,
  scope: 'read write',
  issuedAtMs: 1000,
  expiresAtMs: 601_000,
});

/** What every store promises. `open` gives an empty store with `suiteAccounts`; equal seeds give equal names. */
export function storeSuite(name: string, open: (t: Test, seed: string) => Store | Promise<Store>): void {
  test(`${name}: accounts are found by client, user and bundle`, async (t) => {
    const store = await open(t, 'a');
    t.equal((await store.findClient('alice-client'))?.username, 'alice');
    t.equal((await store.findUser('bob'))?.clientSecret, 'bob-secret');
    t.match(await store.findBundle('bob-bundle'), { username: 'bob', bundle: { hmacKey: 'bob-hmac' } });
    for (const unknown of ['', 'nobody', '__proto__', 'constructor', 'ALICE']) {
      t.same(
        [await store.findClient(unknown), await store.findUser(unknown), await store.findBundle(unknown)],
        [undefined, undefined, undefined],
        `"${unknown}"`,
      );
    }
  });

  test(`${name}: a changed account is found by its new names alone, and keeps its place`, async (t) => {
    const store = await open(t, 'a');
    const [alice, bob] = suiteAccounts;
    const changed = {
      ...alice!,
      clientId: 'new-client',
      bundles: [{ ...alice!.bundles[0]!, key: 'new-bundle' }],
    };
    t.equal(await store.putAccount(changed), undefined);
    t.equal((await store.findClient('new-client'))?.username, 'alice');
    t.equal((await store.findBundle('new-bundle'))?.username, 'alice');
    t.equal(await store.findClient('alice-client'), undefined);
    t.equal(await store.findBundle('alice-bundle'), undefined);
    t.same(
      (await store.listAccounts()).map(({ username }) => username),
      ['alice', 'bob'],
    );
    t.equal(
      await store.putAccount({ ...bob!, clientId: 'alice-client' }),
      undefined,
      'a name that became free',
    );
    t.equal(await store.removeAccount('bob'), true);
    t.equal(await store.findClient('alice-client'), undefined);
    t.equal(await store.findBundle('bob-bundle'), undefined);
    await store.resetAccount('alice');
    t.equal((await store.findClient('alice-client'))?.username, 'alice');
    t.equal(await store.findClient('new-client'), undefined);
  });

  test(`${name}: a configuration touches no account in which it has changed nothing`, async (t) => {
    const store = await open(t, 'a');
    const [alice, bob] = suiteAccounts;
    await store.putAccount({ ...alice!, password: 'changed' });
    await store.putAccount({ ...bob!, password: 'changed' });
    await store.configureAccounts([alice!, { ...bob!, password: 'configured' }]);
    t.equal((await store.findUser('alice'))?.password, 'changed');
    t.equal((await store.findUser('bob'))?.password, 'configured');
    await store.reset();
    t.equal((await store.findUser('alice'))?.password, 'alice-password');
  });

  test(`${name}: a configuration takes its client ids and bundle keys from whoever has them`, async (t) => {
    const store = await open(t, 'a');
    const [alice, bob] = suiteAccounts;
    const made = { ...alice!, username: 'made', clientId: 'made-client', bundles: [] };
    await store.putAccount(made);
    await store.putAccount({ ...bob!, clientId: 'carol-client' });
    const { accessToken } = await store.issueToken(grant('made'));
    const carol = { ...bob!, username: 'carol', clientId: 'carol-client', bundles: [] };
    const dora = { ...alice!, username: 'dora', clientId: 'made-client', bundles: [] };
    await store.configureAccounts([...suiteAccounts, carol, dora]);
    const names = async (...clients: string[]) =>
      Promise.all(clients.map(async (client) => (await store.findClient(client))?.username));
    t.same(await names('alice-client', 'bob-client', 'carol-client', 'made-client'), [
      'alice',
      'bob',
      'carol',
      'dora',
    ]);
    t.equal((await store.listAccounts()).length, 4);
    t.equal(await store.findToken(accessToken), undefined, 'an account that goes takes its tokens with it');
  });

  test(`${name}: a configuration undoes exchanges, whoever stands between`, async (t) => {
    const store = await open(t, 'a');
    const [alice, bob] = suiteAccounts;
    await store.putAccount({ ...alice!, clientId: 'spare' });
    await store.putAccount({ ...bob!, clientId: alice!.clientId });
    await store.putAccount({ ...alice!, clientId: bob!.clientId });
    await store.configureAccounts(suiteAccounts);
    t.equal((await store.findUser('alice'))?.clientId, bob!.clientId, 'none that is configured so already');
    const carol = { ...bob!, username: 'carol', clientId: 'carol-client', bundles: [] };
    await store.configureAccounts([...suiteAccounts, carol]);
    t.same(await store.listAccounts(), [...suiteAccounts, carol]);
    await store.putAccount({ ...carol, clientId: 'spare' });
    await store.putAccount({ ...bob!, clientId: 'carol-client' });
    await store.putAccount({ ...bob!, username: 'made', bundles: [] });
    const dora = { ...carol, username: 'dora', clientId: 'dora-client' };
    await store.configureAccounts([carol, ...suiteAccounts, dora]);
    t.same(
      (await store.listAccounts()).map(({ username, clientId }) => [username, clientId]),
      [alice!, bob!, { ...carol, clientId: 'spare' }, dora].map(({ username, clientId }) => [
        username,
        clientId,
      ]),
    );
  });

  test(`${name}: a trial that comes back after a reset makes the same token no richer`, async (t) => {
    const store = await open(t, 'a');
    const { accessToken } = await store.issueToken(grant('alice'));
    const { hold } = await store.takeTrial(accessToken, 'id_cropper', 3);
    await store.resetAccount('alice');
    t.equal((await store.issueToken(grant('alice'))).accessToken, accessToken);
    await store.returnTrial(accessToken, 'id_cropper', hold);
    t.equal(await store.countTrials(accessToken, 'id_cropper', 3), 3);
  });

  test(`${name}: a token is found by both of its names, and keeps what it was granted`, async (t) => {
    const store = await open(t, 'a');
    const token = await store.issueToken(grant('alice'));
    t.match(token, { ...grant('alice'), revoked: false });
    t.match(token.accessToken, /^[A-Za-z0-9]{30}$/);
    t.match(token.refreshToken, /^[A-Za-z0-9]{30}$/);
    t.same(await store.findToken(token.accessToken), token);
    t.same(await store.findRefreshToken(token.refreshToken), token);
    for (const unknown of ['', '__proto__', token.refreshToken, token.accessToken.toLowerCase()])
      t.equal(await store.findToken(unknown), undefined);
    t.equal(await store.findRefreshToken(token.accessToken), undefined);
  });

  test(`${name}: names depend on seed, user and number, not on the order of the users`, async (t) => {
    const names = async (seed: string, users: readonly string[]) => {
      const store = await open(t, seed);
      const issued = [];
      for (const user of users) issued.push((await store.issueToken(grant(user))).accessToken);
      return issued;
    };
    const [alice1, bob1, alice2] = await names('a', ['alice', 'bob', 'alice']);
    t.same(await names('a', ['bob', 'alice', 'alice']), [bob1, alice1, alice2]);
    t.equal(new Set([alice1, bob1, alice2, ...(await names('b', ['alice', 'bob']))]).size, 5);
  });

  test(`${name}: a refresh token works once and revokes its access token`, async (t) => {
    const store = await open(t, 'a');
    const old = await store.issueToken(grant('alice'));
    const change = { scope: 'read', issuedAtMs: 2000, expiresAtMs: 602_000 };
    const rotated = await store.rotateToken(old.refreshToken, change);
    t.match(rotated, { username: 'alice', clientId: 'alice-client', ...change, revoked: false });
    t.equal((await store.findToken(old.accessToken))?.revoked, true);
    t.equal((await store.findToken(rotated!.accessToken))?.revoked, false);
    t.equal(await store.findRefreshToken(old.refreshToken), undefined);
    t.equal(await store.rotateToken(old.refreshToken, change), undefined, 'the second time');
    t.equal(await store.rotateToken('unknown', change), undefined);
  });

  test(`${name}: of many who rotate one token at once, one does`, async (t) => {
    const store = await open(t, 'a');
    const { refreshToken } = await store.issueToken(grant('alice'));
    const change = { scope: 'read', issuedAtMs: 2000, expiresAtMs: 602_000 };
    const rotated = await Promise.all(
      Array.from({ length: 50 }, () => store.rotateToken(refreshToken, change)),
    );
    t.equal(rotated.filter((token) => token !== undefined).length, 1);
  });

  test(`${name}: many who take trials at once get just those that there are`, async (t) => {
    const store = await open(t, 'a');
    const { accessToken } = await store.issueToken(grant('alice'));
    const trials = await Promise.all(
      Array.from({ length: 200 }, () => store.takeTrial(accessToken, 'id_cropper', 3)),
    );
    const taken = trials.filter((trial) => trial.taken);
    t.same(taken.map(({ remaining }) => remaining).toSorted(), [0, 1, 2]);
    t.same(new Set(trials.filter((trial) => !trial.taken).map(({ remaining }) => remaining)), new Set([0]));
    t.equal(new Set(trials.map(({ transactionId }) => transactionId)).size, 200, 'each has an id of its own');
  });

  test(`${name}: trials are counted per token and service`, async (t) => {
    const store = await open(t, 'a');
    const [one, two] = [await store.issueToken(grant('alice')), await store.issueToken(grant('alice'))];
    const take = async (token: string, service: string) =>
      (await store.takeTrial(token, service, 2)).remaining;
    t.equal(await take(one.accessToken, 'id_cropper'), 1);
    t.equal(await take(one.accessToken, 'id_cropper'), 0);
    t.equal(await take(one.accessToken, 'another'), 1);
    t.equal(await take(two.accessToken, 'id_cropper'), 1);
  });

  test(`${name}: a returned trial can be taken again, under another id`, async (t) => {
    const store = await open(t, 'a');
    const { accessToken } = await store.issueToken(grant('alice'));
    const take = () => store.takeTrial(accessToken, 'id_cropper', 1);
    const first = await take();
    t.equal((await take()).taken, false);
    await store.returnTrial(accessToken, 'id_cropper', first.hold);
    const again = await take();
    t.match(again, { taken: true, remaining: 0 });
    t.not(again.transactionId, first.transactionId);
    t.equal((await store.takeTrial(accessToken, 'id_cropper', 0)).remaining, 0, 'a limit that sank');
  });

  test(`${name}: a trial comes back to the token that it was taken from, and to none of the same name`, async (t) => {
    const store = await open(t, 'a');
    const { accessToken } = await store.issueToken(grant('alice'));
    const take = () => store.takeTrial(accessToken, 'id_cropper', 3);
    const old = await take();
    await store.resetAccount('alice');
    const unknown = await take();
    t.equal((await store.issueToken(grant('alice'))).accessToken, accessToken, 'made anew');
    await take();
    for (const { hold } of [old, unknown]) await store.returnTrial(accessToken, 'id_cropper', hold);
    t.equal(await store.countTrials(accessToken, 'id_cropper', 3), 2, 'what it has spent itself');
    t.equal(await store.keepTrial(accessToken, 'id_cropper', (await take()).hold), true);
  });

  test(`${name}: a trial is kept once it is held; what nobody holds any more cannot be`, async (t) => {
    const store = await open(t, 'a');
    const { accessToken } = await store.issueToken(grant('alice'));
    const { hold } = await store.takeTrial(accessToken, 'id_cropper', 3);
    t.equal(await store.keepTrial(accessToken, 'id_cropper', hold), true);
    t.equal(await store.countTrials(accessToken, 'id_cropper', 3), 2);
    await store.setTrials(accessToken, 'id_cropper', 7);
    t.equal(await store.countTrials(accessToken, 'id_cropper', 3), 7, 'whatever the limit says');
  });

  test(`${name}: of many calls at once each has its number and its item of the queue`, async (t) => {
    const store = await open(t, 'a');
    const item = (ms: number, times: number, endpoint: 'crop' | 'token' = 'crop') =>
      ({ scenario: { name: 'slow', parameters: { ms } }, times, endpoint }) as const;
    await store.writeQueue('alice', [item(1, 30), item(9, 1, 'token')]);
    await store.enqueue('alice', [item(2, 1), item(3, 10)]);
    const calls = await Promise.all(Array.from({ length: 50 }, () => store.beginCall('alice', 'crop', true)));
    t.same(
      calls.map(({ n }) => n).toSorted((a, b) => a - b),
      Array.from({ length: 50 }, (_, i) => i + 1),
    );
    const count = (ms: number | undefined) =>
      calls.filter(({ queued }) => queued?.parameters.ms === ms).length;
    t.same([count(1), count(2), count(3), count(undefined)], [30, 1, 10, 9]);
    t.same(await store.readQueue('alice'), [item(9, 1, 'token')]);
    t.match(await store.beginCall('alice', 'token', false), { n: 1, account: { username: 'alice' } });
    t.same(await store.beginCall('nobody', 'crop', true), { n: 1 });
  });

  test(`${name}: tokens are listed oldest first, changed, and go with their account`, async (t) => {
    const store = await open(t, 'a');
    const [one, two] = [await store.issueToken(grant('alice')), await store.issueToken(grant('alice'))];
    const other = await store.issueToken(grant('bob'));
    t.same(await store.changeToken(one.accessToken, { revoked: true }), { ...one, revoked: true });
    t.equal((await store.changeToken(two.accessToken, { expiresAtMs: 5 }))?.expiresAtMs, 5);
    t.equal(await store.changeToken('unknown', { revoked: true }), undefined);
    t.same(
      (await store.listTokens('alice')).map(({ accessToken }) => accessToken),
      [one.accessToken, two.accessToken],
    );
    t.equal(await store.removeAccount('alice'), true);
    t.equal(await store.removeAccount('alice'), false);
    t.same(await store.listTokens('alice'), []);
    t.same(
      [await store.findToken(one.accessToken), await store.findRefreshToken(one.refreshToken)],
      [undefined, undefined],
    );
    t.same(await store.findToken(other.accessToken), other);
  });

  test(`${name}: no two accounts share a client or a bundle`, async (t) => {
    const store = await open(t, 'a');
    const [alice, bob] = suiteAccounts;
    t.equal(await store.putAccount({ ...alice!, username: 'carol' }), 'clientId');
    t.equal(await store.putAccount({ ...alice!, username: 'carol', clientId: 'new' }), 'bundleKey');
    t.equal(await store.putAccount({ ...bob!, bundles: [...bob!.bundles, ...alice!.bundles] }), 'bundleKey');
    t.same(await store.listAccounts(), suiteAccounts);
  });

  test(`${name}: a snapshot holds everything, and is restored to the letter`, async (t) => {
    const store = await open(t, 'a');
    const first = await store.snapshot();
    t.match(first, { configured: suiteAccounts, tokens: [] });
    const old = await store.issueToken(grant('alice'));
    await store.rotateToken(old.refreshToken, { scope: 'read', issuedAtMs: 2000, expiresAtMs: 602_000 });
    const { accessToken } = await store.issueToken(grant('bob'));
    const { hold } = await store.takeTrial(accessToken, 'a service: with "signs"', 3);
    await store.keepTrial(accessToken, 'a service: with "signs"', hold);
    await store.setTrials(accessToken, 'id_cropper', 9);
    await store.putAccount({ ...suiteAccounts[0]!, username: 'كارول', clientId: 'c', bundles: [] });
    await store.enqueue('bob', [
      { scenario: { name: 'slow', parameters: { ms: 1 } }, times: 2, endpoint: 'crop' },
    ]);
    const whole = await store.snapshot();
    await store.reset();
    t.same(await store.snapshot(), first, 'as on the first day');
    await store.restore(whole);
    t.same(await store.snapshot(), whole);
    t.same((await store.issueToken(grant('alice'))).accessToken.length, 30);
    t.same((await store.findToken(old.accessToken))?.revoked, true);
    await store.restore(first);
    t.same(await store.issueToken(grant('alice')), old, 'the first token again');
  });
}
