import { connectMock, fixture } from 'valify-id-cropper-simulator';
import { afterAll, expect, inject, test } from 'vitest';
import { CardCropper } from '../client-under-test.mjs';

const mock = await connectMock(inject('mockUrl'));
afterAll(() => mock.close());

test('an account of its own on the server that global-setup.mjs has started', async () => {
  const account = await mock.account();
  const client = new CardCropper({
    url: mock.url,
    credentials: account.credentials,
    bundleKey: account.bundleKey,
  });
  const card = await client.crop(fixture('already-cropped').bytes);
  const { id } = await account.waitForRequest({ status: 200 });
  expect(card.equals(await mock.crop(id)), await account.summary()).toBe(true);
});
