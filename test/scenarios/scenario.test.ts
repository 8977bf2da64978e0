import fc from 'fast-check';
import { test } from 'tap';
import { type ScenarioName, scenarioNames, scenarioRow } from '../../src/scenarios/catalogue.js';
import { hintOfKey, magicKey, scenarioOfKey } from '../../src/scenarios/magic-key.js';
import { createScenario, formatScenario, parseScenario } from '../../src/scenarios/scenario.js';
import { scenarioOfStatus } from '../../src/scenarios/short-form.js';

const good: readonly [text: string, name: ScenarioName, parameters: object][] = [
  ['no-card', 'no-card', {}],
  [' no-card ; ', 'no-card', {}],
  ['slow', 'slow', { ms: 2000 }],
  ['slow;ms=500', 'slow', { ms: 500 }],
  ['slow; ms = 500 ', 'slow', { ms: 500 }],
  ['slow; ms="500"', 'slow', { ms: 500 }],
  ['slow-log-normal; sigma=0.25', 'slow-log-normal', { median: 800, sigma: 0.25 }],
  ['unprocessable; code=-7', 'unprocessable', { code: -7 }],
  ['error; status=418; message=teapot', 'error', { status: 418, message: 'teapot' }],
  ['error; message="a; b=\\"c\\", d"', 'error', { message: 'a; b="c", d' }],
  ['error; message=a=b', 'error', { message: 'a=b' }],
  ['slow-500', 'slow', { ms: 500 }],
  ['slow-uniform-40', 'slow-uniform', { min: 40, max: 3000 }],
  ['slow-uniform-40-80', 'slow-uniform', { min: 40, max: 80 }],
  ['slow-dribble-200-5', 'slow-dribble', { ms: 200, pieces: 5 }],
  ['unprocessable-5048', 'unprocessable', { code: 5048 }],
  ['422', 'unprocessable', { code: 5015 }],
  ['422-5048', 'unprocessable', { code: 5048 }],
  ['422-5048; message="No card"', 'unprocessable', { code: 5048, message: 'No card' }],
  ['401', 'invalid-bundle-key', {}],
  ['503', 'busy', {}],
  ['200', 'ok', {}],
  ['418', 'error', { status: 418, message: "I'm a Teapot" }],
  ['error-418', 'error', { status: 418, message: 'Internal Server Error' }],
];

const bad: readonly [text: string, problem: RegExp][] = [
  ['', /no scenario ""; there are ok, /],
  ['nope', /no scenario "nope"; there are ok, /],
  ['No-Card', /no scenario "No-Card"; did you mean no-card\? There are ok, /],
  ['nocard', /did you mean no-card\?/],
  ['no_card', /did you mean no-card\?/],
  ['no card', /did you mean no-card\?/],
  ['token-expird', /did you mean token-expired\?/],
  ['unprocesable', /did you mean unprocessable\?/],
  ['bad-gatway', /did you mean bad-gateway\?/],
  ['no-card-5', /the scenario no-card takes no number/],
  ['slow-1-2', /the scenario slow takes at most 1: ms/],
  ['422-5-6', /the scenario unprocessable takes at most 1: code/],
  ['slow-999999', /ms must be <= 600000/],
  ['302', /status must be >= 400/],
  ['999', /status must be <= 599/],
  ['42', /no scenario "42"/],
  ['constructor', /no scenario/],
  ['no-card; ms=5', /no parameter "ms"; it takes no parameters/],
  ['slow; toString=5', /no parameter "toString"; it takes ms/],
  ['slow; ms', /"ms" is not parameter=value/],
  ['slow; ms=soon', /ms must be integer \(is "soon"\)/],
  ['slow; ms=1.5', /ms must be (integer|multiple)/],
  ['slow; ms=600001', /ms must be <= 600000 \(is 600001\)/],
  ['error; status=200', /status must be >= 400/],
  ['error; message=""', /message must/],
];

test('scenarios as text', async (t) => {
  for (const [text, name, parameters] of good) {
    const scenario = parseScenario(text);
    t.equal(scenario.name, name, text);
    t.match(scenario.parameters, parameters, text);
    t.same(parseScenario(formatScenario(scenario)), scenario, `${text}: there and back`);
  }
  for (const [text, problem] of bad)
    t.throws(() => parseScenario(text), { name: 'ScenarioProblem', message: problem }, text);
  t.equal(formatScenario(parseScenario('slow; ms=2000')), 'slow', 'nothing that is so anyway');
});

test('any message survives', async () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 80 }), (message) => {
      const scenario = createScenario('error', { message });
      return parseScenario(formatScenario(scenario)).parameters.message === message;
    }),
  );
});

test('any text is a scenario or an explained problem', async () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      try {
        return scenarioNames.includes(parseScenario(text).name);
      } catch (error) {
        return (error as Error).name === 'ScenarioProblem';
      }
    }),
  );
});

test('a text without end is a problem too, and takes no time', async (t) => {
  for (const text of [`error;message=${'x'.repeat(10 ** 7)}`, `"${'\\"'.repeat(10 ** 5)}`]) {
    t.throws(() => parseScenario(text), { message: 'a scenario has 2000 characters at most' });
  }
});

test('magic keys lead back to their scenarios, and nothing else does', async (t) => {
  for (const name of scenarioNames) {
    t.equal(magicKey(name).length, 32);
    t.equal(scenarioOfKey(magicKey(name))?.name, name);
    t.equal(scenarioOfKey(`magic-${name}`)?.name, name);
  }
  t.equal(new Set(scenarioNames.map(magicKey)).size, scenarioNames.length);
  for (const key of [
    '0'.repeat(32),
    'magic-',
    'magic-nope',
    'magic-constructor',
    '1magic-no-card',
    'no-card',
    'Magic-no-card',
  ])
    t.equal(scenarioOfKey(key), undefined, key);
});

test('a magic key takes parameters', async (t) => {
  const rows: [scenario: string, key: string, name: ScenarioName, parameters: object][] = [
    ['422-5048', '000000000000000000magic-422-5048', 'unprocessable', { code: 5048 }],
    ['slow-2500', '00000000000000000magic-slow-2500', 'slow', { ms: 2500 }],
    ['error-503', '00000000000000000magic-error-503', 'error', { status: 503 }],
    ['slow;ms=500', '000000000000000magic-slow;ms=500', 'slow', { ms: 500 }],
    [
      'unprocessable;message="No card; sorry"',
      'magic-unprocessable;message="No card; sorry"',
      'unprocessable',
      { message: 'No card; sorry' },
    ],
  ];
  for (const [scenario, key, name, parameters] of rows) {
    t.equal(magicKey(scenario), key);
    t.match(scenarioOfKey(key), { name, parameters }, key);
  }
  t.throws(() => magicKey('nope'), { name: 'ScenarioProblem' });
});

test('what is nearly a magic key says what it may have been meant for', async (t) => {
  const meant: [key: string, scenario: string][] = [
    ['magic-nocard', 'no-card'],
    ['MAGIC-NO-CARD', 'no-card'],
    ['Magic-No-Card', 'no-card'],
    ['magic_no_card', 'no-card'],
    ['magic no card', 'no-card'],
    ['magicnocard', 'no-card'],
    ['magicno-card', 'no-card'],
    ['magik-no-card', 'no-card'],
    ['majic-nocard', 'no-card'],
    ['0000000000000000000MAGIC-NO-CARD', 'no-card'],
    ['no-card', 'no-card'],
    ['bad-gateway', 'bad-gateway'],
    ['magic-unprocesable', 'unprocessable'],
    ['magic-unprocesable-5048', 'unprocessable-5048'],
    ['MAGIC-422-5048', '422-5048'],
    ['magic-slwo-500', 'slow-500'],
  ];
  for (const [key, scenario] of meant)
    t.equal(hintOfKey(key), `looks like a magic key; did you mean magic-${scenario}?`, key);
  for (const name of scenarioNames) {
    for (const slip of [
      name.toUpperCase(),
      name.replaceAll('-', '_'),
      `${name.slice(0, 1)}x${name.slice(1)}`,
    ])
      if (name.length > 2)
        t.match(hintOfKey(`magic-${slip}`) ?? `magic-${name}?`, `did you mean magic-${name}?`, slip);
  }
  t.match(hintOfKey('magic-'), /they are written magic- and the name of a scenario/);
  t.match(hintOfKey('magic-qwertyuiop'), /looks like a magic key, but there is no scenario "qwertyuiop"/);
  t.match(hintOfKey('magic-slow-9999999'), /but the scenario slow: ms must be <= 600000/);
  t.match(hintOfKey('magic-no-card-7'), /but the scenario no-card takes no number/);
  for (const key of [
    '0'.repeat(32),
    'd5f0c1e9'.repeat(4),
    'main-key',
    'unknown',
    'f'.repeat(32),
    '',
    '422',
    '12345678',
  ])
    t.equal(hintOfKey(key), undefined, key);
});

test('every status of the catalogue can stand for a name', async (t) => {
  const statuses = new Set(
    scenarioNames.map((name) => scenarioRow(name).status).filter((status) => status !== null),
  );
  for (const status of statuses) t.ok(status in scenarioOfStatus, `${status}`);
  for (const [status, name] of Object.entries(scenarioOfStatus))
    t.equal(`${scenarioRow(name).status ?? 200}`, status, name);
});

test('the defaults of every row are within its bounds', async (t) => {
  for (const name of scenarioNames) t.doesNotThrow(() => createScenario(name), name);
  t.ok(scenarioNames.every((name) => scenarioRow(name).does.length > 0));
});
