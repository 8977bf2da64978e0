import type { Random } from '../../random.js';
import type { Person } from '../words.js';
import {
  type Bilingual,
  familyNames,
  givenNames,
  lands,
  occupations,
  sexes,
  streets,
  towns,
  unmarried,
} from './vocabulary.js';

/** Somebody who does not exist, as a card in two scripts tells of them. */
export interface Holder {
  /** The same in Latin letters, as the machine-readable zone has it. */
  readonly person: Person;
  readonly sex: 'F' | 'M';
  readonly sexName: Bilingual;
  readonly given: Bilingual;
  readonly father: Bilingual;
  readonly grandfather: Bilingual;
  readonly family: Bilingual;
  readonly land: { readonly style: Bilingual; readonly name: Bilingual };
  readonly town: Bilingual;
  readonly street: string;
  readonly house: string;
  readonly occupation: Bilingual;
  readonly unmarried: string;
  /** DD.MM.YYYY, ten years before the last day of validity. */
  readonly issued: string;
  /** Fourteen figures: century, day of birth, region, a number, check digit. */
  readonly nationalNumber: string;
}

export function inventHolder(random: Random): Holder {
  const sex = random.pick(['F', 'M'] as const);
  const given = random.pick(givenNames[sex]);
  const father = random.pick(givenNames.M.filter((name) => name !== given));
  const grandfather = random.pick(givenNames.M.filter((name) => name !== given && name !== father));
  const family = random.pick(familyNames);
  const land = random.pick(lands);
  const two = (low: number, high: number) => String(random.int(low, high)).padStart(2, '0');
  const birth = `${two(1, 28)}.${two(1, 12)}.${random.int(1950, 2004)}`;
  const day = `${two(1, 28)}.${two(1, 12)}`;
  const expires = random.int(2027, 2034);
  return {
    person: {
      givenName: `${given.latin}<${father.latin}`,
      familyName: family.latin,
      country: land.name.latin,
      birth,
      expiry: `${day}.${expires}`,
      number: `${random.pick([...'ACFGHKLMNPRTVWXYZ'])}${random.int(10_000_000, 99_999_999)}`,
    },
    sex,
    sexName: sexes[sex],
    given,
    father,
    grandfather,
    family,
    land,
    town: random.pick(towns),
    street: random.pick(streets),
    house: String(random.int(1, 99)),
    occupation: random.pick(occupations[sex]),
    unmarried: unmarried[sex],
    issued: `${day}.${expires - 10}`,
    nationalNumber: nationalNumber(random, birth, sex),
  };
}

/** Region 99 is none of any land; the figure before the last is odd for men. */
function nationalNumber(random: Random, birth: string, sex: 'F' | 'M'): string {
  const [day, month, year] = birth.split('.') as [string, string, string];
  const serial = String(random.int(0, 4999) * 2 + (sex === 'M' ? 1 : 0)).padStart(4, '0');
  return `${Number(year) < 2000 ? 2 : 3}${year.slice(2)}${month}${day}99${serial}${random.int(1, 9)}`;
}

/** DD.MM.YYYY as cards in Arabic have it: year first, read from the left. */
export const yearFirst = (date: string) => date.split('.').toReversed().join('/');
