/**
 * What may be shown as it is. Everything else may be a secret, by whatever name (`pwd`, `code`, `assertion`, `X-Session`), and is
 * cut to its first characters.
 */
const harmlessHeader =
  /^(accept(-.*)?|access-control-.*|age|allow|cache-control|connection|content-.*|date|dnt|etag|expect|expires|from|host|if-(none-match|match|modified-since|unmodified-since)|keep-alive|last-modified|max-forwards|origin|pragma|prefer|preference-applied|priority|range|referer|retry-after|sec-(ch|fetch|gpc)(-.*)?|server|te|token-type|traceparent|trailer|transfer-encoding|upgrade(-insecure-requests)?|user-agent|vary|via|www-authenticate|x-(content-type-options|forwarded-(for|host|port|proto)|mock-scenario|real-ip|request-id|requested-with))$/i;
const harmlessField =
  /^(lang|grant_type|scope|token_type|expires_in|username|message|error|error_description|error_code|transaction_id|trials_remaining)$/;
/** Where a photo was, the journal says so. */
const harmlessTexts = new Set(['see photo']);
const longest = 300;
const mostFields = 50;

/** Enough to tell two apart, too little to use. The scheme of a credential stays readable. */
export function shorten(secret: string): string {
  const [, scheme = '', rest = secret] = /^(bearer|basic)\s+(.*)$/is.exec(secret) ?? [];
  return `${scheme && `${scheme} `}${rest.slice(0, Math.min(4, rest.length >> 1))}…`;
}

/** The same few come with every request. */
const known = new Map<string, boolean>();
const mostKnown = 500;

function isHarmless(header: string): boolean {
  const before = known.get(header);
  if (before !== undefined) return before;
  const harmless = harmlessHeader.test(header);
  if (known.size < mostKnown) known.set(header, harmless);
  return harmless;
}

export function redactHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const text =
      name.toLowerCase() === 'referer' ? String(headers[name]).split('?', 1)[0]! : String(headers[name]);
    put(shown, name, isHarmless(name) ? text.slice(0, longest) : shorten(text));
  }
  return shown;
}

/** A client may call a header or a field whatever it likes. */
function put<Value>(object: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true });
  else object[name] = value;
}

/** Fields of a form or of a JSON object; texts without end, such as a photo, are only measured. */
export function redactFields(fields: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  let left = mostFields;
  for (const [name, value] of fields) {
    if (left-- === 0) break;
    put(shown, name.slice(0, longest), redact(name, value));
  }
  return shown;
}

function redact(name: string, value: unknown): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'object') return '{…}';
  const text = String(value);
  if (text.length > longest) return `${text.length} characters`;
  return harmlessField.test(name) || harmlessTexts.has(text) || /^\d+ characters$/.test(text)
    ? value
    : shorten(text);
}
