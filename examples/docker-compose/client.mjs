/**
 * What runs beside the simulator in compose.yaml, in the place of your own tests: gets a token, has a photo cropped, prints what came back.
 * Exits with 0 when a card came back. `node client.mjs PHOTO`, with the simulator's address in VALIFY_URL.
 */
import { readFile } from 'node:fs/promises';

const url = process.env.VALIFY_URL ?? 'http://127.0.0.1:3000';
const [photo] = process.argv.slice(2);
if (photo === undefined) throw new Error('usage: node client.mjs PHOTO');

const token = await send('/api/o/token/', {
  body: new URLSearchParams({
    grant_type: 'password',
    username: 'demo',
    password: 'demo',
    client_id: 'demo-client',
    client_secret: 'demo-secret',
  }),
});
console.log(`token              ${token.token_type}, for ${token.expires_in} s`);

const answer = await send('/api/v1/id_cropper_register', {
  headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
  body: JSON.stringify({ bundle_key: '0'.repeat(32), img: await readFile(photo, 'base64') }),
});
console.log(`transaction        ${answer.transaction_id}`);
console.log(`trials remaining   ${answer.trials_remaining}`);
console.log(`card               ${describe(Buffer.from(answer.data.img, 'base64'))}`);

async function send(path, request) {
  const answer = await fetch(url + path, { method: 'POST', ...request });
  console.log(`POST ${path}: ${answer.status}`);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** Every JPEG begins with the bytes FF D8. */
function describe(image) {
  if (image.readUInt16BE(0) !== 0xffd8) throw new Error('the card is no JPEG');
  return `JPEG, ${image.length} bytes`;
}
