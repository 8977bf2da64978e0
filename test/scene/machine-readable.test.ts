import t from 'tap';
import { checkDigit, zoneLines } from '../../src/scene/designs/machine-readable.js';

const person = {
  givenName: 'TAMSIN',
  familyName: 'QUIST',
  country: 'KESMARA',
  birth: '12.08.1974',
  expiry: '15.04.2032',
  number: 'L898902C3',
};

// The worked examples of ICAO Doc 9303, parts 3 to 5.
for (const [text, digit] of [
  ['520727', '3'],
  ['AB2134<<<', '5'],
  ['L898902C3', '6'],
  ['740812', '2'],
  ['ZE184226B<<<<<', '1'],
] as const)
  t.equal(checkDigit(text), digit, text);

t.test('zones have the lines of their format', async (t) => {
  for (const [format, rows, columns] of [
    ['TD1', 3, 30],
    ['TD2', 2, 36],
    ['TD3', 2, 44],
  ] as const) {
    const lines = zoneLines(format, person, 'F');
    t.equal(lines.length, rows, format);
    for (const line of lines) t.match(line, new RegExp(`^[A-Z0-9<]{${columns}}$`), line);
  }
});

t.test('the last digit checks the others', async (t) => {
  const [, passport] = zoneLines('TD3', person, 'F');
  const checked = passport!.slice(0, 10) + passport!.slice(13, 20) + passport!.slice(21, 43);
  t.equal(passport!.slice(43), checkDigit(checked));
  const [first, second] = zoneLines('TD1', person, 'F');
  const parts = first!.slice(5) + second!.slice(0, 7) + second!.slice(8, 15) + second!.slice(18, 29);
  t.equal(second!.slice(29), checkDigit(parts));
});
