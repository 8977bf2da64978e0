import { EventEmitter, once } from 'node:events';
import { type Test, test } from 'tap';
import {
  connectMock,
  createServer,
  fixture,
  type JournalEntry,
  type Mock,
  type MockAccount,
  type ScenarioText,
  startMock,
} from '../../src/index.js';
import { cropperPath, tokenPath } from '../support/simulator.js';

const noPicture = Buffer.from('ffd8ffe0', 'hex').toString('base64');

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A client that knows nothing of the mock but an address and credentials. */
async function crop({ url }: Mock, token: unknown, bundleKey: string, img = noPicture): Promise<Answer> {
  const answer = await fetch(url + cropperPath, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ bundle_key: bundleKey, img }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type') === 'application/json';
  return { status: answer.status, body: isJson ? JSON.parse(text) : { text } };
}

const logIn = async ({ url }: Mock, { credentials }: MockAccount) =>
  fetch(url + tokenPath, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', ...credentials }),
  });

/** The same client, in the process of the server and over HTTP to a server that somebody else started. */
const ways: Readonly<Record<string, (t: Test) => Promise<Mock>>> = {
  startMock: async (t) => {
    const mock = await startMock({ port: 0, workers: 1 });
    t.teardown(() => mock.close());
    return mock;
  },
  connectMock: async (t) => {
    const app = createServer({ logLevel: 'silent', seed: 'mock', workers: 1 });
    t.teardown(() => app.close());
    const mock = await connectMock(`${await app.listen({ port: 0 })}/`);
    t.teardown(() => mock.close());
    return mock;
  },
};

for (const [way, open] of Object.entries(ways)) {
  test(`the client of ${way}`, async (t) => {
    const mock = await open(t);
    t.afterEach(() => mock.reset());

    await t.test('has an address without a slash at its end, and the demo account', async (t) => {
      t.match(mock.url, /^http:\/\/127\.0\.0\.1:\d+$/);
      t.match(mock.defaultAccount, { username: 'demo', clientId: 'demo-client', defaultScenario: null });
      t.equal((await logIn(mock, mock.defaultAccount)).status, 200);
    });

    await t.test('makes accounts: what is said, and what is made up from the name', async (t) => {
      const account = await mock.account({ username: 'a b/ü', password: 'p', bundles: [{ trials: 1 }] });
      t.match(account, {
        username: 'a b/ü',
        password: 'p',
        bundles: [{ trials: 1, services: ['id_cropper'] }],
      });
      t.match(account.bundleKey, /^[0-9a-f]{32}$/);
      t.match(account.hmacKey, /^[0-9a-f]{64}$/);
      t.equal((await logIn(mock, account)).status, 200);
      t.equal((await mock.findAccount('a b/ü')).clientSecret, account.clientSecret);
      t.same(
        (await mock.accounts()).map(({ username }) => username),
        ['demo', 'a b/ü'],
      );
      await t.rejects(mock.account({ username: 'a b/ü' }), { name: 'MockError', status: 409 });
      await account.delete();
      await t.rejects(account.reload(), {
        name: 'MockError',
        status: 404,
        detail: /there is no account "a b\/ü"; there are demo/,
      });
      t.not((await mock.account()).username, (await mock.account()).username);
    });

    await t.test('replaces an account that an earlier run left behind', async (t) => {
      const left = await mock.account({ username: 'again', bundles: [{ trials: 1 }] });
      const token = await left.token();
      await left.next('no-card');
      await crop(mock, token, left.bundleKey);
      const account = await mock.account({ username: 'again' }, { replace: true });
      t.equal(account.bundles[0]?.trials, 3);
      t.same(await account.queue(), []);
      t.same(await account.tokens(), []);
      t.equal(await account.countRequests(), 0);
      t.equal((await account.token()).accessToken, token.accessToken, 'its first token is its first again');
    });

    await t.test('changes credentials and bundles', async (t) => {
      const account = await mock.account({ username: 'changing' });
      await account.change({ password: 'new' });
      t.equal(account.password, 'new');
      const bundle = await account.addBundle({ trials: 7 });
      t.same(account.bundles[1], bundle);
      t.equal((await account.changeBundle(bundle.key, { services: [] })).services.length, 0);
      const token = await account.token();
      t.equal((await crop(mock, token, bundle.key)).status, 401, 'a bundle without the cropper');
      await account.removeBundle(bundle.key);
      t.equal(account.bundles.length, 1);
      await t.rejects(account.changeBundle('none', {}), { name: 'MockError', status: 404 });
      t.equal((await account.reset()).password, account.password);
    });

    await t.test('queues scenarios, in their order, for one endpoint or the other', async (t) => {
      const account = await mock.account();
      await account.next('no-card', { times: 2 });
      await account.next('unprocessable', { code: 4711, message: 'one; "two"' });
      await account.next(['service-unavailable', { scenario: 'slow', ms: 1 }, 'error;status=418']);
      t.same(await account.next('error', { endpoint: 'token', status: 503 }), await account.queue());
      t.same(await account.queue(), [
        { scenario: 'no-card', times: 2, endpoint: 'crop' },
        { scenario: 'unprocessable;code=4711;message="one; \\"two\\""', times: 1, endpoint: 'crop' },
        { scenario: 'service-unavailable', times: 1, endpoint: 'crop' },
        { scenario: 'slow;ms=1', times: 1, endpoint: 'crop' },
        { scenario: 'error;status=418', times: 1, endpoint: 'crop' },
        { scenario: 'error;status=503', times: 1, endpoint: 'token' },
      ]);
      t.equal((await logIn(mock, account)).status, 503);
      const token = await account.token({ trialsRemaining: 10 });
      const answers = [];
      for (let call = 0; call < 6; call++) answers.push(await crop(mock, token, account.bundleKey));
      t.same(
        answers.map(({ status }) => status),
        [422, 422, 422, 503, 422, 418],
      );
      t.match(answers[2]?.body, { error_code: 4711, message: 'one; "two"' });
      await account.next('busy');
      await account.clearQueue();
      t.same(await account.queue(), []);
    });

    await t.test('has next() for the default account', async (t) => {
      await mock.next('bad-gateway');
      const token = await mock.defaultAccount.token();
      t.equal((await crop(mock, token, mock.defaultAccount.bundleKey)).status, 502);
    });

    await t.test('sets a default scenario and takes it off', async (t) => {
      const account = await mock.account();
      const token = await account.token({ trialsRemaining: 10 });
      t.equal((await account.setDefault('error', { status: 418 })).defaultScenario, 'error;status=418');
      t.equal((await crop(mock, token, account.bundleKey)).status, 418);
      t.equal((await account.setDefault(null)).defaultScenario, null);
      t.equal((await crop(mock, token, account.bundleKey)).status, 422, 'the four bytes are no picture');
    });

    await t.test('lets tokens expire, revokes them and sets their trials', async (t) => {
      const account = await mock.account();
      const token = await account.token({ scope: 'read', expiresIn: '1m', trialsRemaining: 2 });
      t.match(token, { scope: 'read', state: 'live', trialsRemaining: 2 });
      t.equal(`${token}`, token.accessToken);
      t.equal(token.expiresAt.getTime() - token.issuedAt.getTime(), 60_000);
      const status = async () => (await crop(mock, token, account.bundleKey)).status;
      t.equal(await status(), 422);
      t.equal((await token.reload()).trialsRemaining, 1);
      await token.setTrials(0);
      t.equal(await status(), 403);
      await token.setTrials(5);
      t.equal((await token.expire()).state, 'expired');
      t.equal(await status(), 403);
      t.equal((await token.expire('10m')).state, 'live');
      t.equal((await token.revoke()).state, 'revoked');
      t.equal((await token.change({ revoked: false })).state, 'live');
      t.equal(await status(), 422);
      await logIn(mock, account);
      t.equal((await account.tokens()).length, 2);
    });

    await t.test('moves the time of all, and of one', async (t) => {
      const account = await mock.account();
      const [mine, theirs] = [await account.token(), await mock.defaultAccount.token()];
      const at = new Date('2030-01-01T00:00:00.000Z');
      t.same(await mock.clock.freeze(at), at);
      t.same(await mock.clock.state(), { now: at.toISOString(), frozen: true });
      t.same(await account.clock.now(), at, 'it runs with the server’s');
      t.same(await mock.clock.advance('1h30m'), new Date('2030-01-01T01:30:00.000Z'));
      t.same(await mock.clock.advance(-5_400_000), at);
      await mock.clock.reset();
      await account.clock.advance('10m');
      t.equal((await mine.reload()).state, 'expired');
      t.equal((await theirs.reload()).state, 'live');
      await account.clock.reset();
      t.equal((await mine.reload()).state, 'live');
      t.equal((await account.clock.set('2030-01-01T00:00:00Z')).getUTCFullYear(), 2030);
      t.equal((await account.clock.state()).frozen, false);
      await t.rejects(mock.clock.advance('soon'), {
        name: 'MockError',
        status: 422,
        detail: /is no duration/,
      });
    });

    await t.test('reads, counts and clears requests, of all and of one', async (t) => {
      const account = await mock.account();
      const [mine, theirs] = [await account.token(), await mock.defaultAccount.token()];
      await crop(mock, mine, account.bundleKey);
      await crop(mock, mine, mock.magicKey('bad-gateway'));
      await crop(mock, theirs, mock.magicKey('no-card'));
      t.same(
        (await mock.requests({ status: 422 })).map(({ account }) => account),
        [account.username, 'demo'],
      );
      t.match(await account.requests(), [
        { rule: 'IMAGE_UNREADABLE', station: 'crop', scenario: null, photo: { bytes: 4 } },
        { status: 502, scenario: { name: 'bad-gateway', chosenBy: 'magic key' } },
      ]);
      t.equal((await mock.requests({ limit: 1 }))[0]?.account, 'demo');
      t.equal(await mock.countRequests({ endpoint: 'crop' }), 3);
      t.equal(await account.countRequests({ scenario: 'bad-gateway' }), 1);
      t.equal(await account.clearRequests(), 2);
      t.equal(await mock.countRequests(), 1);
      t.equal(await mock.clearRequests(), 1);
    });

    await t.test('waits for requests, and says what came instead', async (t) => {
      const account = await mock.account();
      const token = await account.token();
      const waiting = account.waitForRequests(2, { endpoint: 'crop' });
      await crop(mock, token, account.bundleKey);
      await crop(mock, token, mock.magicKey('no-card'));
      t.equal((await waiting).length, 2);
      const newest = await mock.waitForRequest();
      t.equal(newest.rule, 'CARD_NOT_FOUND');
      const reason = '"a scenario asks for it" scenario no-card';
      t.equal(
        await account.summary({ status: 422, limit: 1 }),
        `POST ${cropperPath} 422 crop CARD_NOT_FOUND ${reason} by ${account.username}`,
      );
      t.equal((await account.summary()).split('\n').length, 2);
      await t.rejects(account.waitForRequest({ after: newest.id }, { timeout: '1ms' }), {
        name: 'MockError',
        status: 408,
        detail: /0 of 1 requests fit .*the last requests:\n(.*\n)*POST \S+ 422 crop CARD_NOT_FOUND .* by /,
      });
    });

    await t.test('tells of requests as they end, until it is stopped', async (t) => {
      const account = await mock.account();
      const token = await account.token({ trialsRemaining: 10 });
      const heard: JournalEntry[] = [];
      const both = new EventEmitter();
      const heardBoth = once(both, 'heard');
      const stop = await account.onRequest((entry) => {
        heard.push(entry);
        if (heard.length === 2) both.emit('heard');
      });
      const stopOther = await mock.onRequest(() => t.fail('nothing of this status'), { status: 200 });
      await crop(mock, await mock.defaultAccount.token(), mock.magicKey('no-card'));
      await crop(mock, token, mock.magicKey('no-card'));
      await crop(mock, token, mock.magicKey('busy'));
      await heardBoth;
      t.same(heard, await account.requests());
      stop();
      stopOther();
      await crop(mock, token, mock.magicKey('busy'));
      t.equal(heard.length, 2);
    });

    await t.test('gives the pictures back', async (t) => {
      const account = await mock.account();
      const photo = fixture('already-cropped');
      const { body } = await crop(mock, await account.token(), account.bundleKey, photo.base64);
      const { id } = await account.waitForRequest({ status: 200 });
      t.ok((await mock.photo(id)).equals(photo.bytes));
      t.equal((await mock.crop(id)).toString('base64'), (body.data as { img: string }).img);
      await t.rejects(mock.photo(id + 1), { name: 'MockError', status: 404, detail: /no request/ });
    });

    await t.test('changes settings, by the names that startMock takes, and takes them back', async (t) => {
      const before = await mock.settings.get();
      t.match(before, { trials: 3, trialsRemainingType: 'string', defaultScenario: undefined });
      const rules = [{ scenario: 'busy', every: 2 }];
      const changed = await mock.settings.change({ trials: 9, defaultScenario: 'slow;ms=1', rules });
      t.match(changed, { trials: 9, defaultScenario: 'slow;ms=1', rules });
      t.equal((await mock.settings.change({ trials: null })).trials, 3);
      t.same(await mock.settings.reset(), before);
      await t.rejects(mock.settings.change({ trials: -1, port: 1 }), {
        name: 'MockError',
        status: 422,
        problems: [/.+/],
      });
      t.same(await mock.reloadConfig(), { changed: [], needRestart: [] });
    });

    await t.test('knows the catalogue and the magic keys', async (t) => {
      const { scenarios, waysToChoose } = await mock.scenarios();
      t.equal(scenarios.find(({ name }) => name === 'no-card')?.magicKey, mock.magicKey('no-card'));
      t.equal(waysToChoose[0], 'header');
      t.equal(mock.magicKey('422-5048'), '000000000000000000magic-422-5048');
      t.match(await mock.next('slow-500'), [{ scenario: 'slow;ms=500' }]);
      await mock.defaultAccount.clearQueue();
    });

    await t.test('takes a snapshot and goes back to it; a reset goes back to the start', async (t) => {
      const account = await mock.account({ username: 'kept' });
      const token = await account.token();
      await account.next('no-card');
      await mock.settings.change({ trials: 8 });
      await mock.clock.freeze('2030-01-01T00:00:00Z');
      const snapshot = await mock.snapshot();
      await crop(mock, token, account.bundleKey);
      await account.delete();
      await mock.settings.reset();
      await mock.clock.reset();
      await mock.restore(snapshot);
      t.same(await mock.snapshot(), snapshot);
      t.equal((await token.reload()).trialsRemaining, 3);
      await mock.defaultAccount.setDefault('busy');
      await mock.reset();
      t.equal(mock.defaultAccount.defaultScenario, null);
      await t.rejects(account.reload(), { name: 'MockError', status: 404 });
      t.equal((await mock.settings.get()).trials, 3);
      t.equal((await mock.clock.state()).frozen, false);
    });

    await t.test('explains what the server refused', async (t) => {
      await t.rejects(mock.next('nix' as ScenarioText), {
        name: 'MockError',
        status: 422,
        detail: /there is no scenario "nix"; there are ok, bad-request/,
      });
      await t.rejects(mock.next('slow;mx=1'), { name: 'MockError', status: 422, detail: /it takes ms/ });
      await t.rejects(mock.account({ usernam: 'x' } as object), {
        name: 'MockError',
        status: 422,
        problems: [/usernam/],
      });
    });
  });
}
