/** Names by how they end, so that `x-api-key` and a misspelt `accessToken` are secrets too. */
const secretHeader = /(authorization|authentication|cookie|hmac|password|secret|token|key)$/i;
const secretField = /(password|secret|token|key)$/i;
const longest = 300;

/** Enough to tell two apart, too little to use. The scheme of a credential stays readable. */
export function shorten(secret: string): string {
  const [, scheme = '', rest = secret] = /^(bearer|basic)\s+(.*)$/is.exec(secret) ?? [];
  return `${scheme && `${scheme} `}${rest.slice(0, Math.min(4, rest.length >> 1))}…`;
}

export function redactHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = name.toLowerCase() === 'referer' ? String(value).split('?', 1)[0]! : String(value);
      return [name, secretHeader.test(name) ? shorten(text) : text.slice(0, longest)];
    }),
  );
}

/** Fields of a form or of a JSON object; texts without end, such as a photo, are only measured. */
export function redactFields(fields: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries(
    [...fields].slice(0, 50).map(([name, value]) => [name.slice(0, longest), redact(name, value)]),
  );
}

function redact(name: string, value: unknown): unknown {
  if (typeof value === 'object' && value !== null) return '{…}';
  if (typeof value !== 'string') return value;
  if (secretField.test(name)) return shorten(value);
  return value.length > longest ? `${value.length} characters` : value;
}
