const { fixture, startMock } = require('valify-id-cropper-simulator');
const { cropCard } = require('./card-cropper.js');

let mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const photo = fixture('already-cropped').bytes;

/** An account for every test: what one of them sets or counts is nothing to the others. */
async function setUp(username) {
  const account = await mock.account({ username });
  const { credentials, bundleKey } = account;
  return { account, crop: () => cropCard(photo, { url: mock.url, credentials, bundleKey }) };
}

test('crops the card', async () => {
  const { account, crop } = await setUp('crops');
  const card = await crop();
  const { id } = await account.waitForRequest({ status: 200 });
  expect(card.equals(await mock.crop(id))).toBe(true);
});

test('knows a photo without a card', async () => {
  const { account, crop } = await setUp('no card');
  await account.next('no-card');
  expect(await crop()).toBe(undefined);
  expect((await account.waitForRequest({ status: 422 })).rule).toBe('CARD_NOT_FOUND');
});

test('says what the gateway answered', async () => {
  const { account, crop } = await setUp('gateway');
  await account.next('bad-gateway');
  await expect(crop()).rejects.toThrow('answered 502');
});
