import type { FastifyRequest } from 'fastify';
import { faultOfBytes } from './body-fault.js';
import { type Charset, charsetOf } from './charset.js';
import { StockPage } from './stock-page.js';

/** The fields of a token request. */
export type Form = ReadonlyMap<string, string>;

export interface ReadForm {
  readonly fields: Form;
  /** What may be wrong with it, for the log; it counts where a field is missed. */
  readonly fault?: string | undefined;
}

/** Five short fields; a form that needs more is none. */
export const formLimit = 64 * 1024;

/** Django's `DATA_UPLOAD_MAX_NUMBER_FIELDS`. */
const mostFields = 1000;

const urlencoded = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';

/**
 * As the stock stack reads it. What is no form has no fields, and Django compares the types by case. The last of equal names
 * wins.
 * @throws {StockPage} where Django's own error page is the answer
 */
export async function parseForm({ headers }: FastifyRequest, body: Buffer): Promise<ReadForm> {
  const contentType = headers['content-type'] ?? '';
  const type = contentType.split(';', 1)[0]!.trim();
  const fault = faultOfBytes(body, headers);
  if (type === urlencoded) return { fields: readUrlencoded(body, charsetOf(contentType)), fault };
  if (type === multipart) return readMultipart(body, contentType, fault);
  return { fields: new Map(), fault: body.length === 0 ? undefined : faultOfType(type) };
}

/** Of a type that is none of a form's, as it stands in the header. */
export function faultOfType(contentType: string): string {
  const type = contentType.trim().toLowerCase();
  const wanted = `send a form, with Content-Type: ${urlencoded}`;
  if (type === '') return `no Content-Type; ${wanted}`;
  if (type === urlencoded || type === multipart) return `Django knows the type ${type} in lower case only`;
  if (type.endsWith('json')) return `body is JSON; ${wanted}, as grant_type=password&username=…`;
  return `Content-Type is not that of a form; ${wanted}`;
}

/**
 * An undecodable `%` stays as it stands: several of the vendor's demos send passwords without percent-encoding. What is not in
 * the charset is read as ISO-8859-1, as Django does.
 */
function readUrlencoded(body: Buffer, charset: Charset): Form {
  const pairs = (charset.decode(body) ?? body.toString('latin1')).split('&').filter((pair) => pair !== '');
  if (pairs.length > mostFields) throw new StockPage(400, `form with more than ${mostFields} fields`);
  return new Map(pairs.map((pair) => readPair(pair, charset)));
}

function readPair(pair: string, charset: Charset): [name: string, value: string] {
  const at = pair.indexOf('=');
  const end = at < 0 ? pair.length : at;
  return [decodePercents(pair.slice(0, end), charset), decodePercents(pair.slice(end + 1), charset)];
}

const decodePercents = (text: string, charset: Charset) =>
  text.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
    return charset.decode(bytes) ?? bytes.toString('utf8');
  });

/** By the platform's own parser, which wants the lines as they should be. A file is no field. */
async function readMultipart(
  body: Buffer,
  contentType: string,
  fault: string | undefined,
): Promise<ReadForm> {
  if (!/boundary\s*=\s*"?[^";\s]/i.test(contentType)) {
    throw new StockPage(400, 'multipart/form-data without a boundary; let your HTTP client set Content-Type');
  }
  try {
    // biome-ignore lint/style/noRestrictedGlobals: no module has it; startMock's server has a thread of its own, with Node's
    const response = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
    const entries = [...(await response.formData())];
    return { fields: new Map(entries.filter(isField)), fault };
  } catch {
    const unread = 'multipart body cannot be read; it begins and ends with the boundary of its Content-Type';
    return { fields: new Map(), fault: fault ?? unread };
  }
}

const isField = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
