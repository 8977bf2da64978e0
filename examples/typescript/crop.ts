/**
 * Crops the card out of a photo and writes it to a file; no dependencies. Node 22.18 and later run it as it stands:
 *
 *   node examples/typescript/crop.ts [PHOTO [CARD]]
 *
 * VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
 * VALIFY_CLIENT_SECRET and VALIFY_BUNDLE_KEY are the simulator's demo account.
 */
import { readFile, writeFile } from 'node:fs/promises';

interface CropAnswer {
  readonly data: { readonly img: string };
  readonly transaction_id: string;
  /** Text on this page of the documentation, a number on others. */
  readonly trials_remaining: string | number;
}

/** What every refusal has; a 422 its code too. */
interface Refusal {
  readonly message: string;
  readonly error_code?: number;
}

class CropError extends Error {
  readonly status: number;
  readonly code: number | undefined;

  constructor(status: number, { message, error_code }: Refusal) {
    super([status, error_code, message].filter((part) => part !== undefined).join(' '));
    this.status = status;
    this.code = error_code;
  }
}

const setting = (name: string, fallback: string): string => process.env[name] ?? fallback;
const url = setting('VALIFY_URL', 'http://127.0.0.1:3000');

async function getToken(): Promise<string> {
  const answer = await fetch(`${url}/api/o/token/`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      username: setting('VALIFY_USERNAME', 'demo'),
      password: setting('VALIFY_PASSWORD', 'demo'),
      client_id: setting('VALIFY_CLIENT_ID', 'demo-client'),
      client_secret: setting('VALIFY_CLIENT_SECRET', 'demo-secret'),
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`token: ${answer.status} ${await answer.text()}`);
  const { access_token } = (await answer.json()) as { readonly access_token: string };
  return access_token;
}

async function cropOnce(token: string, photo: Buffer): Promise<CropAnswer> {
  const answer = await fetch(`${url}/api/v1/id_cropper_register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      bundle_key: setting('VALIFY_BUNDLE_KEY', '0'.repeat(32)),
      img: photo.toString('base64'),
      lang: 'en',
    }),
    signal: AbortSignal.timeout(60_000),
  });
  if (answer.ok) return (await answer.json()) as CropAnswer;
  const body = (await answer.json().catch(() => ({ message: answer.statusText }))) as Refusal; // a proxy's page is no JSON
  throw new CropError(answer.status, body);
}

/** A token that is refused has expired or has no trials left: a new one has some. */
async function cropCard(photo: Buffer): Promise<CropAnswer> {
  try {
    return await cropOnce(await getToken(), photo);
  } catch (error) {
    if (!(error instanceof CropError && error.status === 403)) throw error;
    return cropOnce(await getToken(), photo);
  }
}

const [photo = 'fixtures/photos/card-on-table.jpg', card = 'card.jpg'] = process.argv.slice(2);
const answer = await cropCard(await readFile(photo));
await writeFile(card, Buffer.from(answer.data.img, 'base64'));
console.log(`${card}: transaction ${answer.transaction_id}, trials remaining ${answer.trials_remaining}`);
