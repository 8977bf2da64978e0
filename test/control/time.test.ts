import { type Test, test } from 'tap';
import { control } from '../support/control.js';
import { unreadableJpeg } from '../support/photos.js';
import { bundleKey, cropperPath, passwordGrant, startSimulator, tokenPath } from '../support/simulator.js';

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

/** A client of the vendor's, and the control API beside it. */
async function start(t: Test) {
  const simulator = await startSimulator(t);
  const login = async (fields: Readonly<Record<string, string>> = passwordGrant) => {
    const answer = await simulator.exchange({
      path: tokenPath,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
    return { status: answer.status, tokens: JSON.parse(answer.text) as Tokens };
  };
  const crop = async (token: string) =>
    (await simulator.crop(token, { bundle_key: bundleKey, img: unreadableJpeg }, cropperPath)).status;
  const clock = (change: object) => control(simulator.url, 'PATCH', '/accounts/demo/clock', change);
  const refresh = (token: string) =>
    login({ ...passwordGrant, grant_type: 'refresh_token', refresh_token: token });
  return { ...simulator, login, crop, clock, refresh };
}

test('a token lives for its ten minutes and not a millisecond longer', async (t) => {
  const { login, crop, clock } = await start(t);
  await clock({ frozen: true });
  const { tokens } = await login();
  t.equal(tokens.expires_in, 600);
  await clock({ advance: '9m59s999ms' });
  t.equal(await crop(tokens.access_token), 422);
  await clock({ advance: '1ms' });
  t.equal(await crop(tokens.access_token), 403);
  await clock({ advance: '-1ms' });
  t.equal(await crop(tokens.access_token), 422, 'time runs backwards too');
});

test('trials run out, and a refresh brings new ones', async (t) => {
  const { login, crop, clock, refresh } = await start(t);
  const first = (await login()).tokens;
  for (const status of [422, 422, 422, 403, 403]) t.equal(await crop(first.access_token), status);
  await clock({ advance: '1h' });
  const second = await refresh(first.refresh_token);
  t.equal(second.status, 200, 'a refresh token outlives its access token');
  for (const status of [422, 422, 422, 403]) t.equal(await crop(second.tokens.access_token), status);
  t.equal((await refresh(first.refresh_token)).status, 400, 'and works once');
});

test('a token is made old, revoked or richer by the control API', async (t) => {
  const { url, crop } = await start(t);
  const make = () => control<{ accessToken: string }>(url, 'POST', '/accounts/demo/tokens', {});
  const change = (token: string, body: object) =>
    control(url, 'PATCH', `/accounts/demo/tokens/${token}`, body);
  const [old, revoked, poor, rich] = [await make(), await make(), await make(), await make()];
  await change(old.accessToken, { expiresIn: 0 });
  t.equal(await crop(old.accessToken), 403);
  await change(old.accessToken, { expiresIn: '1s' });
  t.equal(await crop(old.accessToken), 422);
  await change(revoked.accessToken, { revoked: true });
  t.equal(await crop(revoked.accessToken), 403);
  await change(poor.accessToken, { trialsRemaining: 0 });
  t.equal(await crop(poor.accessToken), 403);
  for (let call = 0; call < 3; call++) await crop(rich.accessToken);
  await change(rich.accessToken, { trialsRemaining: 1 });
  t.same([await crop(rich.accessToken), await crop(rich.accessToken)], [422, 403]);
});

test('each account has its own time', async (t) => {
  const { url, crop, clock } = await start(t);
  await control(url, 'POST', '/accounts', { username: 'other' });
  const token = await control<{ accessToken: string }>(url, 'POST', '/accounts/demo/tokens');
  await control(url, 'PATCH', '/accounts/other/clock', { advance: '1d' });
  t.equal(await crop(token.accessToken), 422, "another's clock");
  await clock({ advance: '1d' });
  t.equal(await crop(token.accessToken), 403, 'its own');
  await control(url, 'DELETE', '/accounts/demo/clock');
  t.equal(await crop(token.accessToken), 422, 'back');
  await control(url, 'PATCH', '/clock', { advance: '1d' });
  t.equal(await crop(token.accessToken), 403, "the server's");
});
