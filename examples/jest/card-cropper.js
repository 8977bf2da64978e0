/** A client as yours may be, in CommonJS. @returns the card as bytes, or `undefined` where the photo shows none */
async function cropCard(photo, { url, credentials, bundleKey }) {
  const answer = await fetch(`${url}/api/v1/id_cropper_register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await logIn(url, credentials)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ bundle_key: bundleKey, img: photo.toString('base64') }),
  });
  if (answer.status === 422) return undefined;
  if (!answer.ok) throw new Error(`the cropper answered ${answer.status}`);
  return Buffer.from((await answer.json()).data.img, 'base64');
}

async function logIn(url, credentials) {
  const body = new URLSearchParams({ grant_type: 'password', ...credentials });
  const answer = await fetch(`${url}/api/o/token/`, { method: 'POST', body });
  if (!answer.ok) throw new Error(`no token: ${answer.status}`);
  return (await answer.json()).access_token;
}

module.exports = { cropCard };
