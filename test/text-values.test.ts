import { test } from 'tap';
import Type, { type TSchema } from 'typebox';
import { fromText, readNumber } from '../src/text-values.js';

test('a text that is a number', async (t) => {
  for (const [text, number] of [
    ['0', 0],
    ['007', 7],
    ['-3', -3],
    ['0.25', 0.25],
  ] as const)
    t.equal(readNumber(text), number, text);
  for (const text of ['', ' 1', '1 ', '+1', '1e3', '0x10', '.5', '5.', '1,5', 'Infinity'])
    t.equal(readNumber(text), undefined, JSON.stringify(text));
});

test('the schema says what a text stands for', async (t) => {
  const address = Type.Object({ street: Type.String(), number: Type.Integer() });
  const rows: [what: string, schema: TSchema, value: unknown, read: unknown][] = [
    ['an integer', Type.Integer(), '12', 12],
    ['a number', Type.Number(), '1.5', 1.5],
    ['one of some numbers', Type.Enum([1, 3]), '3', 3],
    ['a boolean', Type.Boolean(), 'false', false],
    ['a text of digits', Type.String(), '12', '12'],
    ['one of some texts', Type.Enum(['1', '3']), '3', '3'],
    ['a number or a text: nobody knows', Type.Union([Type.Number(), Type.String()]), '3', '3'],
    ['each of a list', Type.Array(Type.Integer()), ['1', 'x'], [1, 'x']],
    ['each field', address, { street: '1', number: '1', more: '1' }, { street: '1', number: 1, more: '1' }],
    ['what does not fit, to be refused', Type.Integer(), 'many', 'many'],
    ['no boolean', Type.Boolean(), 'yes', 'yes'],
    ['what is no text', Type.Integer(), null, null],
  ];
  for (const [what, schema, value, read] of rows) t.strictSame(fromText(schema, value), read, what);
});
