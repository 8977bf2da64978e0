import { createHmac } from 'node:crypto';
import { demoAccount } from '../../src/config/settings.js';
import { unreadableJpeg } from '../support/photos.js';
import { bundleKey, cropperPath } from '../support/simulator.js';
import { send, type WireAnswer } from '../support/wire.js';
import type { Deviate } from './proxy.js';

export const ofText =
  (change: (text: string) => string): Deviate =>
  (answer) => ({ ...answer, text: change(answer.text) });

export const redirected: Deviate = (answer, { path }) =>
  /^\/api\/v1\/id_cropper(\/|_)register$/.test(path)
    ? { status: 301, headers: { location: `${path}/` }, text: '' }
    : answer;

/** A call that is refused with 400 spends a trial all the same. */
export const spendOn400 =
  (upstream: string): Deviate =>
  async (answer, { path, headers }) => {
    const { authorization } = headers;
    if (answer.status === 400 && authorization !== undefined && path.startsWith(cropperPath)) {
      const body = JSON.stringify({ bundle_key: bundleKey, img: unreadableJpeg });
      await send(upstream, { path, headers: { 'content-type': 'application/json', authorization }, body });
    }
    return answer;
  };

export const isCard = ({ status, text }: WireAnswer) => status === 200 && text.startsWith('{"data"');

/** Signs the counter before the picture. */
export const misordered = (answer: WireAnswer) => {
  const { data, transaction_id: id, trials_remaining: left } = JSON.parse(answer.text);
  const key = demoAccount.bundles[0].hmac_key;
  const hmac = createHmac('sha512', key).update(`${left}${id}${data.img}`).digest('hex');
  return { ...answer, headers: { ...answer.headers, hmac } };
};
