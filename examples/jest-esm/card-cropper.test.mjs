import { fixture, startMock } from 'valify-id-cropper-simulator';
import { CardCropper } from '../client-under-test.mjs';

const mock = await startMock();
afterAll(() => mock.close());

const photo = fixture('already-cropped').bytes;

/** An account for every test: what one of them sets or counts is nothing to the others. */
async function setUp(username, input) {
  const account = await mock.account({ username, ...input });
  const client = new CardCropper({
    url: mock.url,
    credentials: account.credentials,
    bundleKey: account.bundleKey,
  });
  return { account, client };
}

test('crops the card', async () => {
  const { client, account } = await setUp('crops');
  const card = await client.crop(photo);
  const { id, confidence } = await account.waitForRequest({ status: 200 });
  expect(card.equals(await mock.crop(id))).toBe(true);
  expect(confidence > 0.5).toBe(true);
});

test('knows a photo without a card', async () => {
  const { client, account } = await setUp('no card');
  await account.next('no-card');
  expect(await client.crop(photo)).toBe(undefined);
  expect((await account.waitForRequest({ status: 422 })).rule).toBe('CARD_NOT_FOUND');
});

test('gets a new token when the old one has expired', async () => {
  const { client, account } = await setUp('expiry');
  await account.setDefault('no-card');
  await client.crop(photo);
  await account.clock.advance('10m'); // no test sleeps
  await client.crop(photo);
  expect((await account.tokens()).map(({ state }) => state).join()).toBe('expired,live');
  expect(await account.countRequests({ status: 403 })).toBe(1);
});

test('gets a new token when the trials of the old one are spent', async () => {
  const { client, account } = await setUp('trials', { bundles: [{ trials: 1 }] });
  await account.setDefault('no-card');
  await client.crop(photo);
  await client.crop(photo);
  expect(await account.countRequests({ rule: 'TRIALS_EXHAUSTED' })).toBe(1);
  expect(await account.countRequests({ endpoint: 'token' })).toBe(2);
});

test('tries again when the gateway stumbles', async () => {
  const { client, account } = await setUp('gateway');
  await account.next(['service-unavailable', 'bad-gateway', 'no-card']);
  await client.crop(photo);
  const answers = await account.requests({ endpoint: 'crop' });
  expect(answers.map(({ status }) => status).join()).toBe('503,502,422');
});

test('gives up in the end', async () => {
  const { client, account } = await setUp('giving up');
  await account.next('service-unavailable', { times: 3 });
  await expect(client.crop(photo)).rejects.toThrow(/answered 503/);
});
