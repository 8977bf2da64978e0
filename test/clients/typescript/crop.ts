import { readFileSync } from 'node:fs';
import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

// That it compiles is half of the check: every field that is assigned here has the plain type that it is assigned to.
type Schemas = components['schemas'];

const [, , baseUrl = '', photo = '', bundleKey = ''] = process.argv;
const client = createClient<paths>({ baseUrl });

async function logIn(): Promise<string> {
  const body: Schemas['TokenRequest'] = {
    grant_type: 'password',
    username: 'demo',
    password: 'demo',
    client_id: 'demo-client',
    client_secret: 'demo-secret',
  };
  const { data } = await client.POST('/api/o/token/', {
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const seconds: number | undefined = data?.expires_in;
  if (data === undefined || seconds === undefined) throw new Error('no token');
  return data.access_token;
}

const headers = { authorization: `Bearer ${await logIn()}` };
/** `lang` is not required. */
const body: Schemas['CropRequest'] = { bundle_key: bundleKey, img: readFileSync(photo).toString('base64') };

for (const path of ['/api/v1/id_cropper_register', '/api/v1/id_cropper/register/'] as const) {
  const { data, response } = await client.POST(path, { body, headers });
  if (data === undefined) throw new Error(`${response.status}`);
  const picture: string = data.data.img;
  const transaction: string = data.transaction_id;
  const remaining: string = data.trials_remaining;
  console.log(response.status, picture.slice(0, 4), transaction.length, remaining);
}

const { error, response } = await client.POST('/api/v1/id_cropper_register', {
  body: { ...body, bundle_key: 'magic-no-card', lang: 'ar' },
  headers,
});
const refusal = error as Schemas['Unprocessable'];
const code: number = refusal.error_code;
const remaining: string | undefined = refusal.trials_remaining;
console.log(response.status, code, remaining);
