/** A text in both scripts, as cards print it. */
export interface Bilingual {
  readonly arabic: string;
  readonly latin: string;
}

const both = (arabic: string, latin: string): Bilingual => ({ arabic, latin });

/** Lands that are on no map; the third to fifth are those of `words.ts`. */
export const lands = [
  { style: both('جمهورية', 'REPUBLIC OF'), name: both('كسمارة', 'KESMARA') },
  { style: both('مملكة', 'KINGDOM OF'), name: both('سورال', 'SORAL') },
  { style: both('دولة', 'STATE OF'), name: both('فيسيا', 'VESSIA') },
  { style: both('جمهورية', 'REPUBLIC OF'), name: both('إلفانة', 'ILVANE') },
] as const;

/** Given names that millions have; with a family name that nobody has, they name nobody. */
export const givenNames = {
  M: [
    both('ياسر', 'YASER'),
    both('كريم', 'KARIM'),
    both('طارق', 'TAREK'),
    both('سامي', 'SAMI'),
    both('فارس', 'FARES'),
    both('زياد', 'ZIAD'),
    both('أنور', 'ANWAR'),
    both('بدر', 'BADR'),
  ],
  F: [
    both('ليلى', 'LAYLA'),
    both('سلمى', 'SALMA'),
    both('نادية', 'NADIA'),
    both('ريم', 'REEM'),
    both('هالة', 'HALA'),
    both('جميلة', 'GAMILA'),
    both('زينب', 'ZEINAB'),
    both('مريم', 'MARYAM'),
  ],
} as const;

export const familyNames = [
  both('الكسماري', 'ELKESMARI'),
  both('السورالي', 'ELSORALI'),
  both('القندلاوي', 'ELQANDALAWI'),
  both('البلسماوي', 'ELBALSAMAWI'),
  both('المرجلاني', 'ELMARGALANI'),
  both('النورساوي', 'ELNAWRASAWI'),
] as const;

export const streets = ['النورس', 'الياسمين', 'البرتقال', 'المنارة', 'القافلة'] as const;

export const towns = [
  both('واحة القندل', 'QANDAL OASIS'),
  both('رأس البلسم', 'RAS EL BALSAM'),
  both('ميناء المرجان', 'MINA EL MARGAN'),
  both('تل الزعفران', 'TELL EL ZAAFARAN'),
] as const;

export const occupations = {
  M: [both('مهندس معماري', 'ARCHITECT'), both('صيدلي', 'PHARMACIST'), both('مدرس رياضيات', 'TEACHER')],
  F: [both('مهندسة معمارية', 'ARCHITECT'), both('صيدلانية', 'PHARMACIST'), both('مدرسة رياضيات', 'TEACHER')],
} as const;

export const sexes = { M: both('ذكر', 'M'), F: both('أنثى', 'F') } as const;
export const unmarried = { M: 'أعزب', F: 'آنسة' } as const;

export const labels = {
  identityCard: both('بطاقة إثبات شخصية', 'IDENTITY CARD'),
  residencePermit: both('تصريح إقامة', 'RESIDENCE PERMIT'),
  passport: both('جواز سفر', 'PASSPORT'),
  ministry: both('وزارة الشؤون المدنية', 'MINISTRY OF CIVIL AFFAIRS'),
  specimen: both('نموذج', 'SPECIMEN'),
  street: both('شارع', 'STREET'),
  name: both('الاسم', 'Name'),
  surname: both('اللقب', 'Surname'),
  givenNames: both('الأسماء', 'Given names'),
  nationality: both('الجنسية', 'Nationality'),
  birth: both('تاريخ الميلاد', 'Date of birth'),
  birthPlace: both('محل الميلاد', 'Place of birth'),
  sex: both('الجنس', 'Sex'),
  issued: both('تاريخ الإصدار', 'Date of issue'),
  expires: both('تاريخ الانتهاء', 'Date of expiry'),
  authority: both('جهة الإصدار', 'Authority'),
  occupation: both('المهنة', 'Occupation'),
  permitNumber: both('رقم الإقامة', 'Permit No.'),
  passportNumber: both('رقم الجواز', 'Passport No.'),
  type: both('النوع', 'Type'),
  countryCode: both('رمز الدولة', 'Country code'),
  valid: both('البطاقة سارية حتى', 'Valid until'),
} as const;

/** Every word of the above that is written in Arabic letters: those that can be set. */
export const words: readonly string[] = [
  ...new Set(
    textsIn([lands, givenNames, familyNames, streets, towns, occupations, sexes, unmarried, labels])
      .flatMap((text) => text.split(' '))
      .filter((word) => /\p{Script=Arabic}/u.test(word)),
  ),
];

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Object.values(value as object).flatMap(textsIn);
}

/** What is set letter by letter: figures of both kinds, Latin letters, marks. */
export const characters: readonly string[] = [
  ...'٠١٢٣٤٥٦٧٨٩0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/.,:-()·',
];
