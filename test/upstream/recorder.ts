import type { Test } from 'tap';
import type { DriftAnswer } from '../../src/control/drift.js';
import type { JournalEntry } from '../../src/journal/entry.js';
import { type FixtureName, fixture } from '../../src/photos/fixtures.js';
import { type Deviate, startProxy } from '../conform/proxy.js';
import { patient } from '../conform/visit.js';
import { bundleKey, cropperPath, passwordGrant, startSimulator, tokenPath } from '../support/simulator.js';
import type { WireRequest } from '../support/wire.js';

const unchanged: Deviate = (answer) => answer;

/** A real service, which may deviate from now to then, and a simulator in front of it. */
export async function startRecorder(t: Test, own = {}) {
  let current = unchanged;
  const service = await startSimulator(t, { ...patient, ...own });
  const upstream = await startProxy(t, service.url, (answer, request) => current(answer, request));
  const recorder = await startSimulator(t, { ...patient, seed: 'recorder', upstream });
  const control = async <Answer>(path: string) =>
    JSON.parse((await recorder.exchange({ method: 'GET', path: `/__mock${path}` })).text) as Answer;
  return {
    ...recorder,
    service,
    /** From now on; what was counted is forgotten. */
    deviate: async (next: Deviate) => {
      current = next;
      await recorder.exchange({ method: 'DELETE', path: '/__mock/drift' });
      await recorder.exchange({ method: 'DELETE', path: '/__mock/requests' });
    },
    drift: () => control<DriftAnswer>('/drift'),
    journal: async () => (await control<{ requests: JournalEntry[] }>('/requests')).requests,
  };
}

/** What people do in a day, one of each. @returns what they are answered */
export async function work(
  { token, crop, exchange }: Awaited<ReturnType<typeof startRecorder>>,
  photos: readonly FixtureName[] = ['card-on-table', 'png', 'no-card'],
): Promise<number[]> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const login = (fields: Record<string, string>): WireRequest => ({
    path: tokenPath,
    headers,
    body: new URLSearchParams({ ...passwordGrant, ...fields }).toString(),
  });
  const answers = [];
  for (const fields of [{ password: 'wrong' }, { client_secret: 'wrong' }, { grant_type: '' }, { scope: '' }])
    answers.push(await exchange(login(fields)));
  const own = await token();
  const send = (img: string | undefined, key: string = bundleKey) => crop(own, { bundle_key: key, img });
  const [first, ...others] = photos.map((name) => fixture(name).base64);
  if (first !== undefined) answers.push(await send(first));
  answers.push(await send(undefined), await send(hello, 'a'.repeat(32)), await send(hello));
  for (const img of others) answers.push(await send(img));
  if (photos.length === 3) answers.push(await send(first));
  answers.push(await crop('nobodysToken', { bundle_key: bundleKey, img: hello }));
  const json = { 'content-type': 'application/json' };
  answers.push(await exchange({ path: cropperPath, headers: json, body: '{}' }));
  answers.push(await exchange({ path: '/api/v1/nowhere' }));
  answers.push(await exchange({ method: 'GET', path: cropperPath }));
  return answers.map(({ status }) => status);
}

/** No picture. */
const hello = 'aGVsbG8=';
