/**
 * Crops the card out of a photo and writes it to a file; no dependencies.
 *
 *   node examples/node/crop.mjs [PHOTO [CARD]]
 *
 * VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
 * VALIFY_CLIENT_SECRET, VALIFY_BUNDLE_KEY and VALIFY_HMAC_KEY are the simulator's demo account.
 */
import { createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

const url = process.env.VALIFY_URL ?? 'http://127.0.0.1:3000';

const credentials = {
  username: process.env.VALIFY_USERNAME ?? 'demo',
  password: process.env.VALIFY_PASSWORD ?? 'demo',
  client_id: process.env.VALIFY_CLIENT_ID ?? 'demo-client',
  client_secret: process.env.VALIFY_CLIENT_SECRET ?? 'demo-secret',
};
const bundleKey = process.env.VALIFY_BUNDLE_KEY ?? '00000000000000000000000000000000';
const hmacKey = process.env.VALIFY_HMAC_KEY ?? 'demo-hmac-key';

async function getToken() {
  const answer = await fetch(`${url}/api/o/token/`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', ...credentials }),
  });
  if (!answer.ok) throw new Error(`token: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).access_token;
}

const cropOnce = async (photo) =>
  fetch(`${url}/api/v1/id_cropper_register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await getToken()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ bundle_key: bundleKey, img: photo.toString('base64'), lang: 'en' }),
  });

async function cropCard(photo) {
  let answer = await cropOnce(photo);
  if (answer.status === 403) answer = await cropOnce(photo); // expired, or out of trials: a new token has some
  const body = await answer.json().catch(() => ({ message: answer.statusText })); // a proxy's page is no JSON
  if (!answer.ok) throw new Error(`crop: ${answer.status} ${body.error_code ?? ''} ${body.message}`);
  if (answer.headers.get('hmac') !== sign(body))
    throw new Error('crop: the answer is not signed with our key');
  return body;
}

/** HMAC-SHA512 over the values in the order of their keys, as the vendor's page "Response data validation" has it. */
function sign({ data, transaction_id, trials_remaining }) {
  return createHmac('sha512', hmacKey)
    .update(`${data.img}${transaction_id}${trials_remaining}`)
    .digest('hex');
}

const defaultPhoto = new URL('../../fixtures/photos/card-on-table.jpg', import.meta.url);
const [photo = defaultPhoto, card = 'card.jpg'] = process.argv.slice(2);
const answer = await cropCard(await readFile(photo));
await writeFile(card, Buffer.from(answer.data.img, 'base64'));
console.log(`${card}: transaction ${answer.transaction_id}, trials remaining ${answer.trials_remaining}`);
