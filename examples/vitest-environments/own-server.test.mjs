import { startMock } from 'valify-id-cropper-simulator';
import { afterAll, afterEach, expect, test, vi } from 'vitest';

const mock = await startMock({ warm: false }); // no test of this file sends a real photo
afterAll(() => mock.close());
afterEach(() => vi.useRealTimers());

const post = async (token, bundleKey) =>
  fetch(`${mock.url}/api/v1/id_cropper_register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ bundle_key: bundleKey, img: 'AAAA' }),
  });

test('the simulator waits in real time, whatever the test has done to the timers', async () => {
  const account = await mock.account();
  const token = await account.token();
  await account.next('slow', { ms: 50 });
  vi.useFakeTimers();
  const { status } = await post(token, account.bundleKey);
  expect(status).toBe(415); // four letters are no picture
  expect((await account.waitForRequest({ scenario: 'slow' }, { timeout: '5s' })).status).toBe(415);
});
