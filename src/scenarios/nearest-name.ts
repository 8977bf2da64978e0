import { closestMatch } from 'leven';

/** As somebody may have meant it: capitals, blanks and underscores do not matter. */
export const spellPlainly = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[_\s.]+/g, '-');

/** The name that was meant, if one is near enough: a slip for every three letters begun, three at most. Letters that change places are two. */
export function nearestName<Name extends string>(text: string, names: readonly Name[]): Name | undefined {
  const plain = spellPlainly(text.slice(0, 100));
  const maxDistance = Math.min(3, Math.ceil(plain.length / 3));
  return closestMatch(plain, names as readonly string[] as string[], { maxDistance }) as Name | undefined;
}
