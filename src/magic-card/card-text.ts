/**
 * A scenario is written `name` or `name;key=value;key=value`, such as `slow;ms=500`; a value may stand in double quotes, as
 * `parseScenario` reads it. On a card it stands in capitals, with `/` and
 * `:` for `;` and `=`: QR's alphanumeric mode needs half the room of its bytes, and larger modules are read from farther away.
 * What has other characters (a message, say) stands as it is, in bytes.
 */
const prefix = 'id-cropper:';

const value = /(?:"(?:[^"\\\p{Cc}]|\\\P{Cc})*"|[^;"\p{Cc}])+/u.source;
const reference = new RegExp(`^[a-z][a-z0-9-]*(?:;[a-z][a-z0-9-]*=${value})*$`, 'u');

/** What looks the same again after capitals and back. */
const foldable = /^[a-z0-9 $%*+.;=-]*$/;

/**
 * The text of the card for a scenario.
 * @throws RangeError when it is not written as scenarios are
 */
export function toCardText(scenario: string): string {
  if (!reference.test(scenario)) {
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
  return reference.test(scenario) ? scenario : undefined;
}
