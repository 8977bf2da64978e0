/** The whole way once: start the simulator, get a token, crop a photo over HTTP, say where the card was written. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createServer, demoAccount, fixture } from 'valify-id-cropper-simulator';

const server = createServer({ logLevel: 'warn' });
const url = await server.listen({ port: 0 });
console.log(`simulator   ${url}`);

const { bundles, ...credentials } = demoAccount;
const token = await fetch(`${url}/api/o/token/`, {
  method: 'POST',
  body: new URLSearchParams({ grant_type: 'password', ...credentials }),
}).then((answer) => answer.json());
console.log(`token       for ${token.expires_in} s`);

const photo = fixture('card-on-table');
console.log(`photo       ${photo.path} (${photo.width} × ${photo.height})`);
const answer = await fetch(`${url}/api/v1/id_cropper_register`, {
  method: 'POST',
  headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
  body: JSON.stringify({ bundle_key: bundles[0].bundle_key, img: photo.base64 }),
});
const body = await answer.json();
if (!answer.ok) throw new Error(`${answer.status} ${JSON.stringify(body)}`);

const card = resolve('card.jpg');
await writeFile(card, Buffer.from(body.data.img, 'base64'));
console.log(
  `answer      ${answer.status}, transaction ${body.transaction_id}, trials remaining ${body.trials_remaining}`,
);
console.log(`card        ${card}`);
await server.close();
