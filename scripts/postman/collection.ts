import { requestsByKey } from './by-key.js';
import { cropperPaths, document, examplesOf, operationOf, tokenPath } from './document.js';
import { cropRequest, event, type Item, item, script, urlOf } from './item.js';
import { collectionVariables } from './variables.js';

const steps = `The way of the vendor's page, on a simulator that runs here (\`valify-id-cropper-simulator serve\`):

1. **Import** this collection and the environment beside it, and choose the environment at the top right. It holds the simulator's demo account; a copy of it with
   your own address and keys works just as well.
2. **Authorization** is inherited from the collection: \`Bearer {{access_token}}\`. A script fetches the token before each request, and again when it has expired or
   its trials are spent.
3. **Body** of "Crop a card": raw, JSON. \`{{photo}}\` is a small photo of a fictional card. For one of yours, put its base64 in the variable's place.
4. **Send**. "Visualize" beside the answer shows the photo and the card.

"Every answer, by bundle key" asks for each documented status with nothing changed but the bundle key.`;

const cropTest = `pm.test('200 with the card', () => {
  pm.response.to.have.status(200);
  pm.expect(pm.response.json()).to.have.all.keys('data', 'transaction_id', 'trials_remaining');
  pm.expect(pm.response.json().data.img).to.match(/^(\\/9j\\/|iVBOR)/);
  pm.expect(pm.response.headers.get('hmac')).to.match(/^[0-9a-f]{128}$/);
});`;

export const collection = {
  info: {
    name: document.info.title,
    description: steps,
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{access_token}}', type: 'string' }] },
  event: [event('prerequest', script('get-token')), event('test', script('drop-token'))],
  variable: collectionVariables,
  item: [
    ...cropperPaths.map(cropItem),
    {
      name: 'Token',
      item: [
        tokenItem(200, 'Get a token', {}),
        tokenItem(400, 'A wrong password', { password: 'wrong' }),
        tokenItem(401, 'A wrong client secret', { client_secret: 'wrong' }),
      ],
    },
    { name: 'Every answer, by bundle key', item: [...requestsByKey(), otherMethod()] },
  ],
};

function cropItem(path: string, index: number): Item {
  const { summary, description, responses } = operationOf(path);
  const [saved] = Object.values(examplesOf(responses[200]!));
  return item({
    name: index === 0 ? 'Crop a card' : "Crop a card, by the path of the vendor's Python sample",
    description: `${summary}.\n\n${description}`,
    request: cropRequest(path),
    tests: [script('show-card'), cropTest],
    saved: { status: 200, body: saved!.value },
  });
}

function tokenItem(status: number, name: string, wrong: Readonly<Record<string, string>>): Item {
  const { summary, description, responses } = operationOf(tokenPath);
  const fields = ['username', 'password', 'client_id', 'client_secret'];
  const urlencoded = [
    { key: 'grant_type', value: 'password' },
    ...fields.map((key) => ({ key, value: wrong[key] ?? `{{${key}}}` })),
  ];
  const test = `pm.test('${status} ${name.toLowerCase()}', () => {\n  pm.response.to.have.status(${status});\n});`;
  return item({
    name: `${status} ${name}`,
    description: `${summary}.\n\n${description}\n\n${responses[status]!.description}.`,
    request: {
      method: 'POST',
      auth: { type: 'noauth' },
      header: [],
      url: urlOf(tokenPath),
      body: { mode: 'urlencoded', urlencoded },
    },
    tests: status === 200 ? [script('keep-token'), test] : [test],
  });
}

/** The one answer that no bundle key can ask for. */
function otherMethod(): Item {
  const path = cropperPaths[0]!;
  return item({
    name: '405 another method',
    description: operationOf(path).responses[405]!.description,
    request: { method: 'GET', header: [], url: urlOf(path) },
    tests: ["pm.test('405 another method', () => {\n  pm.response.to.have.status(405);\n});"],
  });
}
