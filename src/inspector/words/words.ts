import { effect, signal } from '@preact/signals';
import { remember, remembered } from '../remembered.js';
import { arabic } from './arabic.js';
import { english, type Word } from './english.js';

export type Language = 'en' | 'ar';

const usual: Language = navigator.language.startsWith('ar') ? 'ar' : 'en';

export const language = signal<Language>(
  remembered('language') === 'ar' ? 'ar' : remembered('language') === 'en' ? 'en' : usual,
);

effect(() => {
  document.documentElement.lang = language.value;
  document.documentElement.dir = language.value === 'ar' ? 'rtl' : 'ltr';
});

export function switchLanguage(): void {
  language.value = language.value === 'en' ? 'ar' : 'en';
  remember('language', language.value);
}

/** @param values for what stands in braces */
export function say(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  const text: string = (language.value === 'ar' ? arabic : english)[word];
  return text.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''));
}

/** Arabic words, but the digits that the API has. */
const locale = () => (language.value === 'ar' ? 'ar-u-nu-latn' : 'en');

export const sayNumber = (value: number): string => value.toLocaleString(locale());

export const sayBytes = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`;

export const sayMs = (ms: number): string =>
  say('ms', { n: ms < 100 ? ms.toFixed(1) : sayNumber(Math.round(ms)) });

/** The time of day; with the date, where it is not today's. */
export function sayTime(at: string): string {
  const time = new Date(at);
  const clock = time.toLocaleTimeString('en-GB', { hour12: false });
  const isToday = time.toDateString() === new Date().toDateString();
  return isToday ? clock : `${at.slice(0, 10)} ${clock}`;
}
