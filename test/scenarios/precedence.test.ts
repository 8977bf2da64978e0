import { test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { type ScenarioName, scenarioNames, scenarioRow } from '../../src/scenarios/catalogue.js';
import { type Way, ways } from '../../src/scenarios/choice.js';
import { magicKey } from '../../src/scenarios/magic-key.js';
import { findRule, type Rule } from '../../src/scenarios/rules.js';
import { createScenario } from '../../src/scenarios/scenario.js';
import { control, tryControl } from '../support/control.js';
import { photographMagicCard } from '../support/magic-photo.js';
import { unreadableJpeg } from '../support/photos.js';
import { bundleKey, cropHeaders, cropperPath, startSimulator } from '../support/simulator.js';

/** A scenario for each way that the answer tells apart, and that comes late enough for all of them to be known. */
const marks: Readonly<Record<Way, { readonly name: ScenarioName; readonly code: number }>> =
  Object.fromEntries(ways.map((way, index) => [way, { name: 'unprocessable', code: 6000 + index }])) as never;
const markOf = (way: Way) => `unprocessable;code=${marks[way].code}`;

test('of any two ways the stronger one wins', async (t) => {
  const { url, app } = await startSimulator(t);
  const photo = await photographMagicCard(markOf('magic card'));
  for (const [index, stronger] of ways.entries()) {
    for (const weaker of ways.slice(index + 1)) {
      const both = new Set<Way>([stronger, weaker]);
      await control(url, 'POST', '/reset');
      const token = await control<{ accessToken: string }>(url, 'POST', '/accounts/demo/tokens');
      if (both.has('queue'))
        await control(url, 'POST', '/accounts/demo/queue', [{ scenario: markOf('queue') }]);
      if (both.has('rule'))
        await control(url, 'PATCH', '/settings', { rules: [{ scenario: markOf('rule') }] });
      if (both.has('default'))
        await control(url, 'PATCH', '/accounts/demo', { defaultScenario: markOf('default') });
      const answer = await app.inject({
        method: 'POST',
        url: cropperPath,
        headers: {
          ...cropHeaders(token.accessToken),
          ...(both.has('header') && { 'x-mock-scenario': markOf('header') }),
          ...(both.has('code') && { prefer: `code=422-${marks.code.code}` }),
        },
        payload: {
          bundle_key: both.has('magic key') ? magicKey(`422-${marks['magic key'].code}`) : bundleKey,
          img: both.has('magic card') ? photo : fixture('png').base64,
        },
      });
      t.equal(answer.json().error_code, marks[stronger].code, `${stronger} before ${weaker}`);
      if (stronger === 'header' && weaker === 'queue') {
        t.equal((await control<unknown[]>(url, 'GET', '/accounts/demo/queue')).length, 1, 'the queue waits');
      }
    }
  }
});

test('what has its place before the body is not undone by a key in the body', async (t) => {
  const { url, token, crop } = await startSimulator(t);
  await control(url, 'PATCH', '/accounts/demo', { defaultScenario: 'bad-gateway' });
  const answer = await crop(await token(), { bundle_key: magicKey('no-card'), img: 'x' });
  t.equal(answer.status, 502);
});

test('a scenario waits for its station: what is wrong before it is answered first', async (t) => {
  const { exchange, crop, token } = await startSimulator(t);
  const headers = { ...cropHeaders('nobody'), prefer: 'scenario=no-card' };
  t.equal((await exchange({ path: cropperPath, headers, body: '{}' })).status, 403);
  const accessToken = await token();
  const withScenario = (body: object) =>
    exchange({
      path: cropperPath,
      headers: { ...cropHeaders(accessToken), prefer: 'scenario=no-card' },
      body: JSON.stringify(body),
    });
  t.equal((await withScenario({})).status, 400);
  t.equal((await withScenario({ bundle_key: 'wrong', img: 'x' })).status, 401);
  t.equal((await withScenario({ bundle_key: bundleKey, img: 'x' })).status, 415);
  t.equal((await withScenario({ bundle_key: bundleKey, img: unreadableJpeg })).status, 422);
  t.equal(
    JSON.parse((await crop(accessToken, { bundle_key: bundleKey, img: unreadableJpeg })).text)
      .trials_remaining,
    '1',
  );
});

test('an unknown scenario in a header is explained, and spends nothing', async (t) => {
  const { exchange, token, log } = await startSimulator(t);
  const accessToken = await token();
  for (const header of [{ prefer: 'scenario=nope' }, { 'x-mock-scenario': 'slow; ms=x' }]) {
    const answer = await exchange({
      path: cropperPath,
      headers: { ...cropHeaders(accessToken), ...header },
      body: '{}',
    });
    t.equal(answer.status, 400);
    t.match(JSON.parse(answer.text), {
      message: /there is no scenario "nope"; there are ok|ms must be integer/,
    });
  }
  t.match(log().at(-1), { rule: 'UNKNOWN_SCENARIO', reason: 'header names no scenario' });
});

test('other preferences are passed over', async (t) => {
  const { exchange, token } = await startSimulator(t);
  const accessToken = await token();
  for (const prefer of [
    'respond-async',
    'handling=lenient, wait=10',
    'scenarios=no-card',
    'x-code=422',
    'dynamic=true',
    '',
  ])
    t.equal(
      (await exchange({ path: cropperPath, headers: { ...cropHeaders(accessToken), prefer }, body: '{}' }))
        .status,
      400,
    );
});

test('Prefer: code and example, as users of Prism send them', async (t) => {
  const { exchange, token, log } = await startSimulator(t, { trials: 100 });
  const headers = cropHeaders(await token());
  const body = JSON.stringify({ bundle_key: bundleKey, img: unreadableJpeg });
  const rows: [prefer: string | string[], status: number, answer: object][] = [
    ['code=422', 422, { error_code: 5015 }],
    ['code="422"', 422, { error_code: 5015 }],
    ['Code = 422', 422, { error_code: 5015 }],
    ['code=422-5048', 422, { error_code: 5048 }],
    ['code=422, example=CARD_NOT_FOUND', 422, { error_code: 5009 }],
    ['code=422; example=CARD_NOT_FOUND', 422, { error_code: 5009 }],
    ['example=CARD_NOT_FOUND', 422, { error_code: 5009 }],
    ['example=card_not_found', 422, { error_code: 5009 }],
    ['example="unprocessable;code=7"', 422, { error_code: 7 }],
    [['respond-async', 'code=404'], 404, { message: 'Not Found' }],
    ['code=400, code=404', 400, { message: /^Bad Request/ }],
    ['code=405, example=METHOD_NOT_ALLOWED', 405, { message: 'Method Not Allowed' }],
    ['code=418', 418, { message: "I'm a Teapot" }],
    ['code=503', 503, { message: 'Service Unavailable' }],
    ['code=404, scenario=no-card', 422, { error_code: 5009 }],
    ['code=302', 400, { message: /^code=302 is none that can be asked for; there are 200, and 400 to 599$/ }],
    ['code=abc', 400, { message: /^code=abc is none/ }],
    ['code=', 400, { message: /^code= is none/ }],
    [
      'code=404, example=CARD_NOT_FOUND',
      400,
      { message: 'example=CARD_NOT_FOUND answers 422, not code=404' },
    ],
    [
      'example=CARD_NOT_FOUD',
      400,
      { message: 'there is no example "CARD_NOT_FOUD"; did you mean CARD_NOT_FOUND?' },
    ],
    ['example=no-crad', 400, { message: /there is no scenario "no-crad"; did you mean no-card\?/ }],
  ];
  for (const [prefer, status, answer] of rows) {
    const { text, ...got } = await exchange({ path: cropperPath, headers: { ...headers, prefer }, body });
    t.match({ status: got.status, ...JSON.parse(text) }, { status, ...answer }, String(prefer));
    t.type(log().at(-1)?.reason, 'string', String(prefer));
  }
});

test('Prefer: code is passed over where the control API is off, with a word in the log', async (t) => {
  const { exchange, token, log } = await startSimulator(t, { control: 'off' });
  const headers = { ...cropHeaders(await token()), prefer: 'code=503' };
  t.equal((await exchange({ path: cropperPath, headers, body: '{}' })).status, 400);
  t.match(log().at(-1), { rule: 'MISSING_INPUT', note: /passed over where the control API is off/ });
});

test('a 422 by a key alone: with a code of its own, and in Arabic', async (t) => {
  const { token, crop } = await startSimulator(t, { trials: 100 });
  const accessToken = await token();
  const ask = async (key: string, lang?: string) =>
    JSON.parse((await crop(accessToken, { bundle_key: key, img: unreadableJpeg, lang })).text);
  t.match(await ask('magic-422-5048'), { error_code: 5048, message: /^An error occurred/ });
  t.match(await ask('magic-422-5048', 'ar'), { error_code: 5048, message: /^حدث خطأ/ });
  t.match(await ask('magic-unprocessable;message=mine', 'ar'), { error_code: 5015, message: 'mine' });
  const unprocessable = scenarioNames.filter((name) => scenarioRow(name).status === 422);
  for (const name of unprocessable) {
    t.match(await ask(magicKey(name), 'ar'), { message: /^حدث خطأ/ }, name);
    t.match(await ask(magicKey(name), 'fr'), { message: /^An error occurred/ }, name);
  }
});

test('a key that is nearly a magic one is 401, and the log says what it may be', async (t) => {
  const { token, crop, log } = await startSimulator(t);
  const accessToken = await token();
  const rows: [key: string, reason: RegExp][] = [
    ['magic-nocard', /^bundle key unknown; it looks like a magic key; did you mean magic-no-card\?$/],
    ['MAGIC-NO-CARD', /did you mean magic-no-card\?$/],
    [
      'magic-slow-soon',
      /^bundle key unknown; it looks like a magic key, but there is no scenario "slow-soon"/,
    ],
    [` ${bundleKey}\n`, /^bundle key unknown: it has white space or a line break at an end$/],
    ['f'.repeat(32), /^bundle key unknown$/],
  ];
  for (const [key, reason] of rows) {
    t.equal((await crop(accessToken, { bundle_key: key, img: 'x' })).status, 401, key);
    t.match(log().at(-1), { rule: 'INVALID_BUNDLE_KEY', reason }, key);
  }
});

test('scenarios in short form by every other way', async (t) => {
  const { url, exchange, token } = await startSimulator(t, { defaultScenario: '422-5003', trials: 100 });
  const headers = cropHeaders(await token());
  const body = JSON.stringify({ bundle_key: bundleKey, img: unreadableJpeg });
  const code = async (more: object = {}) =>
    JSON.parse((await exchange({ path: cropperPath, headers: { ...headers, ...more }, body })).text)
      .error_code;
  t.equal(await code(), 5003, 'default of the server');
  t.equal(await code({ prefer: 'scenario=422-5001' }), 5001, 'header');
  t.equal(await code({ 'x-mock-scenario': '422-5002' }), 5002, 'header of our own');
  await control(url, 'POST', '/reset');
  headers.authorization = `Bearer ${await token()}`;
  await control(url, 'POST', '/accounts/demo/queue', [{ scenario: '422-5004' }]);
  t.match(await control(url, 'GET', '/accounts/demo/queue'), [{ scenario: 'unprocessable;code=5004' }]);
  t.equal(await code(), 5004, 'queue');
  await control(url, 'PATCH', '/settings', { rules: [{ scenario: '422-5005' }] });
  t.equal(await code(), 5005, 'rule');
  const wrong = await tryControl(url, 'POST', '/accounts/demo/queue', [{ scenario: 'no-crad' }]);
  t.match(wrong, { status: 422, json: { detail: /did you mean no-card\?/ } });
});

test('a card whose fault spends nothing gives the trial back', async (t) => {
  const { url, token, crop } = await startSimulator(t);
  const accessToken = await token();
  const show = async (scenario: string) =>
    crop(accessToken, { bundle_key: bundleKey, img: await photographMagicCard(scenario) });
  t.equal((await show('bad-gateway')).status, 502, 'read from the crop, after the trial');
  t.match(await control(url, 'GET', '/accounts/demo/tokens'), [{ trialsRemaining: 3 }]);
  await t.rejects(show('empty-reply'), 'a card that takes the connection away');
  t.match(await control(url, 'GET', '/accounts/demo/tokens'), [{ trialsRemaining: 3 }]);
  t.match(await control(url, 'GET', '/requests?scenario=empty-reply'), {
    requests: [{ ended: 'unanswered', scenario: { chosenBy: 'magic card' }, trialsRemaining: 3 }],
  });
});

test('switched off, keys and cards are ordinary', async (t) => {
  const { token, crop } = await startSimulator(t, { magicKeys: false, magicCard: false });
  const accessToken = await token();
  t.equal((await crop(accessToken, { bundle_key: magicKey('no-card'), img: unreadableJpeg })).status, 401);
  t.equal(
    (await crop(accessToken, { bundle_key: bundleKey, img: await photographMagicCard('no-card') })).status,
    200,
  );
});

const scenario = createScenario('busy');
const rule = (conditions: Partial<Rule>): Rule => ({ scenario, endpoint: 'crop', ...conditions });
const fitting = (conditions: Partial<Rule>, username = 'demo') =>
  Array.from({ length: 12 }, (_, i) => i + 1).filter((n) =>
    findRule([rule(conditions)], { endpoint: 'crop', username, n }, 'seed'),
  );

test('conditions of rules', async (t) => {
  t.same(fitting({ call: 3 }), [3]);
  t.same(fitting({ every: 5 }), [5, 10]);
  t.same(fitting({ account: 'demo', call: 2 }), [2]);
  t.same(fitting({ account: 'other' }), []);
  t.same(fitting({ endpoint: 'token' }), []);
  t.same(fitting({ share: 0 }), []);
  t.equal(fitting({ share: 1 }).length, 12);
});

test('a share of the calls, the same ones for the same seed', async (t) => {
  const drawn = (seed: string, username = 'demo') =>
    Array.from(
      { length: 2000 },
      (_, n) => findRule([rule({ share: 0.1 })], { endpoint: 'crop', username, n }, seed) !== undefined,
    );
  const share = drawn('a').filter(Boolean).length / 2000;
  t.ok(Math.abs(share - 0.1) < 0.03, `${share}`);
  t.same(drawn('a'), drawn('a'));
  t.notSame(drawn('a'), drawn('b'));
  t.notSame(drawn('a'), drawn('a', 'other'));
});

test('at the token endpoint: proxies and the network', async (t) => {
  const { url, exchange, token, log } = await startSimulator(t);
  await control(url, 'POST', '/accounts/demo/queue', [
    { scenario: 'service-unavailable', endpoint: 'token' },
    { scenario: 'no-card', endpoint: 'crop' },
  ]);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const login = (headers = {}) =>
    exchange({
      path: '/api/o/token/',
      headers: { ...form, ...headers },
      body: 'grant_type=password&username=demo&password=demo&client_id=demo-client&client_secret=demo-secret',
    });
  t.equal((await login()).status, 503, 'queued');
  t.equal((await login({ prefer: 'scenario=gateway-timeout' })).status, 504, 'by header');
  t.equal((await login({ prefer: 'scenario=no-card' })).status, 200, 'has no place here');
  t.match(log().at(-1), {
    status: 200,
    note: /^passed over: the scenario no-card has no place at the token endpoint/,
  });
  t.match(await control(url, 'GET', '/requests?endpoint=token&after=2'), {
    requests: [{ note: /^passed over/ }],
  });
  t.equal((await login({ prefer: 'code=503' })).status, 503, 'by code, what has a place here');
  t.equal((await login({ prefer: 'code=418' })).status, 418, 'by code, any other');
  t.equal((await login({ prefer: 'code=422' })).status, 200, 'a code that has none here');
  t.type(await token(), 'string');
  t.match(
    await control(url, 'GET', '/accounts/demo/queue'),
    [{ scenario: 'no-card' }],
    'the other endpoint’s waits',
  );
});
