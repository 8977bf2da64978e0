import fc from 'fast-check';
import { test } from 'tap';
import { type ScenarioName, scenarioNames, scenarioRow } from '../../src/scenarios/catalogue.js';
import { magicKey, scenarioOfKey } from '../../src/scenarios/magic-key.js';
import { createScenario, formatScenario, parseScenario } from '../../src/scenarios/scenario.js';

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
];

const bad: readonly [text: string, problem: RegExp][] = [
  ['', /no scenario ""; there are ok, /],
  ['nope', /no scenario "nope"/],
  ['No-Card', /no scenario "No-Card"/],
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
    t.equal(scenarioOfKey(magicKey(name)), name);
    t.equal(scenarioOfKey(`magic-${name}`), name);
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

test('the defaults of every row are within its bounds', async (t) => {
  for (const name of scenarioNames) t.doesNotThrow(() => createScenario(name), name);
  t.ok(scenarioNames.every((name) => scenarioRow(name).does.length > 0));
});
