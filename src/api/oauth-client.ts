import { isUtf8 } from 'node:buffer';
import { URLSearchParams } from 'node:url';
import type { Context } from '../exchange/context.js';
import type { Account } from '../state/store.js';
import type { Form } from './form.js';
import { slipOf } from './slip.js';

interface Credentials {
  readonly id: string | undefined;
  readonly secret: string | undefined;
}

/**
 * HTTP Basic first, then the form's fields, as the stock stack tries them.
 * @returns the client, or why there is none
 */
export async function authenticateClient(
  form: Form,
  authorization: string | undefined,
  { store }: Context,
): Promise<Account | string> {
  const basic = basicCredentials(authorization);
  const ofForm = { id: form.get('client_id'), secret: form.get('client_secret') };
  const faults: string[] = typeof basic === 'string' ? [basic] : [];
  for (const credentials of typeof basic === 'object' ? [basic, ofForm] : [ofForm]) {
    const client = await store.findClient(credentials.id ?? '');
    if (client !== undefined && client.clientSecret === credentials.secret) return client;
    faults.push(await faultOf(credentials, client, store));
  }
  // A form without a client says nothing more where HTTP Basic was meant.
  return (faults.length > 1 && ofForm.id === undefined ? faults.slice(0, 1) : faults).join('; in the form: ');
}

async function faultOf(
  { id, secret }: Credentials,
  client: Account | undefined,
  store: Context['store'],
): Promise<string> {
  if (id === undefined) return 'no client_id; send it and client_secret in the form or by HTTP Basic';
  if (client === undefined) {
    return withSlip(
      'client_id unknown',
      await slipOf(id, async (it) => (await store.findClient(it)) !== undefined),
    );
  }
  if (secret === undefined) return 'no client_secret';
  return withSlip('client_secret wrong', await slipOf(secret, (it) => it === client.clientSecret));
}

const withSlip = (fault: string, slip: string | undefined) =>
  slip === undefined ? fault : `${fault}: ${slip}`;

/** @returns `undefined` where there is no such header, and a text where there is one that the stock stack does not take */
function basicCredentials(authorization: string | undefined): Credentials | string | undefined {
  if (authorization === undefined) return undefined;
  const [, scheme = '', encoded] = /^(\S*)(?: (.*))?$/s.exec(authorization.trim()) ?? [];
  if (scheme !== 'Basic' || encoded === undefined) return faultOfScheme(scheme);
  return decodeBasic(encoded) ?? 'Authorization is not "Basic " and the base64 of client_id:client_secret';
}

function faultOfScheme(scheme: string): string {
  if (scheme.toLowerCase() !== 'basic') return 'Authorization is not HTTP Basic';
  if (scheme !== 'Basic') return 'Django OAuth Toolkit knows the scheme in this spelling only: Basic';
  return 'Authorization is not "Basic ", with one blank, and the base64 of client_id:client_secret';
}

/** Python passes over what is not of the alphabet, and wants the padding. */
function decodeBasic(encoded: string): Credentials | undefined {
  const base64 = encoded.replace(/[^A-Za-z0-9+/=]/g, '');
  const bytes = Buffer.from(base64, 'base64');
  if (base64.length % 4 !== 0 || !isUtf8(bytes)) return undefined;
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(bytes.toString()) ?? [];
  return id === undefined ? undefined : { id: unquote(id), secret: unquote(secret ?? '') };
}

const unquote = (part: string) => new URLSearchParams(`v=${part.replaceAll('&', '%26')}`).get('v') ?? '';
