import { test } from 'tap';
import { fromCardText, toCardText } from '../../src/magic-card/card-text.js';
import { createMagicCard } from '../../src/magic-card/draw.js';
import { scenarioNames } from '../../src/scenarios/catalogue.js';

test('a scenario, as the card has it, and back', async (t) => {
  const rows: [scenario: string, text: string][] = [
    ['no-card', 'ID-CROPPER:NO-CARD'],
    ['slow;ms=500', 'ID-CROPPER:SLOW/MS:500'],
    ['status;code=422;error=-1', 'ID-CROPPER:STATUS/CODE:422/ERROR:-1'],
    ['slow;share=0.5', 'ID-CROPPER:SLOW/SHARE:0.5'],
    ['422-5048', 'ID-CROPPER:422-5048'],
    ['status;message=No card', 'id-cropper:status;message=No card'],
    ['error;message="a; \\"b\\""', 'id-cropper:error;message="a; \\"b\\""'],
    ['status;message=a/b', 'id-cropper:status;message=a/b'],
    ['status;message=لا توجد بطاقة', 'id-cropper:status;message=لا توجد بطاقة'],
  ];
  for (const [scenario, text] of rows) {
    t.equal(toCardText(scenario), text);
    t.equal(fromCardText(text), scenario);
  }
});

test('what is not written as scenarios are is refused', async (t) => {
  const words = [
    '',
    'No-Card',
    '-x',
    '7',
    'slow;',
    'slow;ms',
    'slow;ms=',
    'slow;=5',
    'a b',
    'a;b=\n',
    'a;b="',
    'a;b=";c=d',
  ];
  for (const word of words) t.throws(() => toCardText(word), RangeError, JSON.stringify(word));
});

test('every scenario of the catalogue has a card', async (t) => {
  for (const name of scenarioNames) t.doesNotThrow(() => createMagicCard(name), name);
});

test('a scenario too long for a card is refused', async (t) => {
  t.throws(() => createMagicCard(`status;message=${'x'.repeat(100)}`), /too long for a card/);
});

test('the text of any other code names no scenario', async (t) => {
  const texts = [
    '',
    'NO-CARD',
    'https://example.com',
    'ID-CROPPER:',
    'ID-CROPPER:7',
    'id-cropper:a;b',
    'Id-Cropper:x',
  ];
  for (const text of texts) t.equal(fromCardText(text), undefined, JSON.stringify(text));
});
