import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { openConfig } from '../../src/config/live-config.js';
import { watchConfig } from '../../src/config/reload.js';
import { assemble } from '../../src/server.js';
import { until } from '../support/until.js';

/** A server with a config file that the test writes. */
async function start(t: Test, text: string) {
  const file = join(t.testdir({ 'simulator.yaml': text }), 'simulator.yaml');
  const live = openConfig({ file });
  const log: string[] = [];
  const app = assemble(live, { logStream: { write: (line) => log.push(line) }, warmUp: false });
  t.teardown(() => app.close());
  const reload = () => app.inject({ method: 'POST', url: '/__mock/config/reload' });
  return {
    app,
    live,
    file,
    log: () => log.join(''),
    reload,
    write: (next: string) => writeFileSync(file, next),
  };
}

test('a changed file is read without being told', async (t) => {
  const { app, live, file, write, log } = await start(t, 'trials: 3\n');
  t.teardown(watchConfig(file, live, app.log));
  write('trials: 5\ntoken-lifetime: 60\n');
  await until('it is read', () => live.current.trials === 5);
  t.equal(live.current.tokenLifetime, 60);
  t.match(log(), /"changed":\["trials","token-lifetime","accounts"\].*configuration read again/);
  write('trials: many\n');
  await until('it is refused', () => log().includes('stays as it was'));
  t.match(log(), /"problems":\["config file: trials must be integer/);
  t.equal(live.current.trials, 5);
  write('trials: 6\n');
  await until('it is read', () => live.current.trials === 6);
});

test('a bad file changes nothing and is explained', async (t) => {
  const { live, write, reload, log } = await start(t, 'trials: 3\n');
  for (const [text, problem] of [
    ['trials: -1\n', /trials must be >= 0/],
    ['rules: [{scenario: nope}]\n', /rules\.0: there is no scenario "nope"/],
    ['trails: 1\n', /no setting "trails"/],
    ['a: [\n', /config file/],
    ['password: secret: x\n', /compact mappings at line 1, column 11/],
  ] as const) {
    write(text);
    const answer = await reload();
    t.equal(answer.statusCode, 422, text);
    t.match(answer.json(), { detail: problem });
    t.match(log().replaceAll('\\"', '"'), problem);
    t.notMatch(log(), 'secret', 'no line of the file');
    t.equal(live.current.trials, 3);
  }
});

test('what is fixed at the start stays, and is named', async (t) => {
  const { live, write, reload } = await start(t, 'trials: 3\n');
  write('trials: 4\nworkers: 7\nport: 1\n');
  t.match((await reload()).json(), { changed: ['trials', 'accounts'], needRestart: ['port', 'workers'] });
  t.not(live.current.workers, 7);
  t.match(
    (await reload()).json(),
    { changed: [], needRestart: ['port', 'workers'] },
    'as long as it differs',
  );
});

test('accounts of the file come and go; tokens of those that stay live on', async (t) => {
  const account = (name: string, extra = '') =>
    `  - {username: ${name}, password: p, client_id: ${name}, client_secret: s${extra}, bundles: [{bundle_key: ${name}-key, hmac_key: h}]}\n`;
  const { app, write, reload } = await start(t, `accounts:\n${account('a')}${account('b')}`);
  const call = async (method: 'GET' | 'POST', url: string) =>
    (await app.inject({ method, url: `/__mock${url}`, ...(method === 'POST' && { payload: {} }) })).json();
  const token = await call('POST', '/accounts/a/tokens');
  await call('POST', '/accounts/b/tokens');
  await call('POST', '/accounts');
  write(`accounts:\n${account('a', ', default_scenario: busy')}${account('c')}`);
  await reload();
  const accounts = await call('GET', '/accounts');
  t.same(accounts.map(({ username }: { username: string }) => username).toSorted(), ['a', 'account-1', 'c']);
  t.match(await call('GET', '/accounts/a'), { defaultScenario: 'busy' });
  t.match(await call('GET', '/accounts/a/tokens'), [{ accessToken: token.accessToken }]);
});

test('changes of the control API outlive a reload', async (t) => {
  const { app, live, write, reload } = await start(t, 'trials: 3\nmin-side: 50\n');
  await app.inject({ method: 'PATCH', url: '/__mock/settings', payload: { trials: 9 } });
  write('trials: 4\nmin-side: 60\n');
  await reload();
  t.same([live.current.trials, live.current.minSide], [9, 60]);
  await app.inject({ method: 'DELETE', url: '/__mock/settings' });
  t.equal(live.current.trials, 4, 'now as the file has it');
});
