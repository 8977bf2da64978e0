/**
 * A backend between a mobile app and the cropper, with Express 5: the app sends a photo and gets the card or a word that it can act on; keys and
 * tokens stay here.
 *
 *   npm install express && node examples/express/server.mjs
 *   curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg' http://127.0.0.1:8080/card -o card.jpg
 *
 * VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
 * VALIFY_CLIENT_SECRET and VALIFY_BUNDLE_KEY are the simulator's demo account; PORT is 8080.
 */
import express from 'express';

const { env } = process;
const url = env.VALIFY_URL ?? 'http://127.0.0.1:3000';

/** One token for all: requests that come while it is fetched wait for the same one. */
let token;
const getToken = () => {
  token ??= fetchToken().catch((error) => {
    token = undefined;
    throw error;
  });
  return token;
};

async function fetchToken() {
  const answer = await fetch(`${url}/api/o/token/`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      username: env.VALIFY_USERNAME ?? 'demo',
      password: env.VALIFY_PASSWORD ?? 'demo',
      client_id: env.VALIFY_CLIENT_ID ?? 'demo-client',
      client_secret: env.VALIFY_CLIENT_SECRET ?? 'demo-secret',
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`token: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).access_token;
}

async function cropOnce(accessToken, photo, lang) {
  return fetch(`${url}/api/v1/id_cropper_register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      bundle_key: env.VALIFY_BUNDLE_KEY ?? '0'.repeat(32),
      img: photo.toString('base64'),
      lang,
    }),
    signal: AbortSignal.timeout(60_000),
  });
}

/** Tries once more where the token was refused: it had expired, or its trials were spent. */
async function crop(photo, lang) {
  const used = getToken();
  const answer = await cropOnce(await used, photo, lang);
  if (answer.status !== 403) return answer;
  if (token === used) token = undefined; // unless another request has fetched a new one meanwhile
  return cropOnce(await getToken(), photo, lang);
}

const app = express();
app.use(express.raw({ type: 'image/*', limit: '15mb' }));

app.post('/card', async (request, response) => {
  if (!Buffer.isBuffer(request.body)) return response.status(415).json({ error: 'unsupported_photo' });
  const answer = await crop(request.body, request.acceptsLanguages('en', 'ar') || 'en');
  if (answer.status === 415) return response.status(415).json({ error: 'unsupported_photo' });
  if (answer.status === 422) {
    const { message } = await answer.json();
    return response.status(422).json({ error: 'take_another_photo', message });
  }
  if (!answer.ok) throw new Error(`crop: ${answer.status} ${await answer.text()}`);
  const { data } = await answer.json();
  const card = Buffer.from(data.img, 'base64');
  return response.type(card[0] === 0x89 ? 'png' : 'jpeg').send(card);
});

/** All else is ours to mend, and no concern of the app's: it may try again later. */
app.use((error, _request, response, _next) => {
  if (error.type === 'entity.too.large') return response.status(413).json({ error: 'photo_too_large' });
  console.error(error.message);
  return response.status(503).set('retry-after', '5').json({ error: 'try_later' });
});

const server = app.listen(env.PORT ?? 8080, '127.0.0.1', () => {
  console.log(`listens on http://127.0.0.1:${server.address().port}`);
});
