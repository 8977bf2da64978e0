import { isCanonical } from '../scenarios/grammar.js';

/**
 * On a card, a scenario such as `slow;ms=500` stands in capitals, with `/` and `:` for `;` and `=`: QR's alphanumeric mode needs
 * half the room of its bytes, and larger modules are read from farther away. What has other characters (a message, say) stands as
 * it is, in bytes.
 */
const prefix = 'id-cropper:';

/** What looks the same again after capitals and back. */
const foldable = /^[a-z0-9 $%*+.;=-]*$/;

/**
 * The text of the card for a scenario.
 * @throws RangeError when it is not written as scenarios are
 */
export function toCardText(scenario: string): string {
  if (!isCanonical(scenario)) {
    throw new RangeError(
      `${JSON.stringify(scenario)} is not a scenario: they are written name or name;key=value;key=value`,
    );
  }
  const text = prefix + scenario;
  return foldable.test(scenario) ? text.toUpperCase().replaceAll(';', '/').replaceAll('=', ':') : text;
}

/** The scenario that a card's text names; undefined for the text of any other code. */
export function fromCardText(text: string): string | undefined {
  const folded = text.startsWith(prefix.toUpperCase());
  if (!folded && !text.startsWith(prefix)) return undefined;
  const rest = text.slice(prefix.length);
  const scenario = folded ? rest.replaceAll('/', ';').replaceAll(':', '=').toLowerCase() : rest;
  return isCanonical(scenario) ? scenario : undefined;
}
