/**
 * How a scenario is written: `name`, or `name; parameter=value; parameter="a value"`, as HTTP headers write such things. Which names
 * and parameters there are, the catalogue says.
 */

/** What is wrong with a scenario, and what is allowed. */
export class ScenarioProblem extends Error {
  override readonly name = 'ScenarioProblem';
}

type Writable = string | number;

/** @throws {ScenarioProblem} */
export function readReference(text: string): { name: string; given: Record<string, string> } {
  const [name = '', ...pairs] = splitUnquoted(text, ';').filter((part) => part !== '');
  return { name, given: Object.fromEntries(pairs.map(readPair)) };
}

/** @param reference a name, or a name with parameters to which more are added */
export const writeReference = (reference: string, given: readonly (readonly [string, Writable])[]): string =>
  [reference, ...given.map(([key, value]) => `${key}=${quoteIfNeeded(String(value))}`)].join(';');

const canonicalValue = /(?:"(?:[^"\\\p{Cc}]|\\\P{Cc})*"|[^;"\p{Cc}])+/u.source;
const canonical = new RegExp(
  `^(?:[a-z][a-z0-9-]*|\\d{3}(?:-\\d+)*)(?:;[a-z][a-z0-9-]*=${canonicalValue})*$`,
  'u',
);

/** Whether it is written as `writeReference` does: without blanks around its parts, nor control characters in them. */
export const isCanonical = (text: string): boolean => canonical.test(text);

function readPair(pair: string): [string, string] {
  const [key = '', ...rest] = pair.split('=');
  if (rest.length === 0) throw new ScenarioProblem(`"${pair.slice(0, 100)}" is not parameter=value`);
  return [key.trim(), unquote(rest.join('=').trim())];
}

/** The longest message in quotes fits; quotes without end take quadratic time. */
const longestText = 2000;

/**
 * Parts between separators that stand outside double quotes, trimmed.
 * @throws {ScenarioProblem}
 */
export function splitUnquoted(text: string, separator: ';' | ','): string[] {
  if (text.length > longestText)
    throw new ScenarioProblem(`a scenario has ${longestText} characters at most`);
  const parts = text.match(
    separator === ';' ? /(?:"(?:[^"\\]|\\.)*"|[^;])+/g : /(?:"(?:[^"\\]|\\.)*"|[^,])+/g,
  );
  return (parts ?? []).map((part) => part.trim());
}

export const unquote = (text: string) =>
  /^".*"$/s.test(text) ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;

const quoteIfNeeded = (text: string) =>
  /^[^\s",;\\]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
