import { test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { ofText } from '../conform/deviations.js';
import { startProxy } from '../conform/proxy.js';
import { patient } from '../conform/visit.js';
import { bundleKey, startSimulator } from '../support/simulator.js';
import { becomes, openCall, startInspector, textOf } from './inspector-page.js';

test('beside an upstream, a call says in what the two answers differ', { timeout: 300_000 }, async (t) => {
  const service = await startSimulator(t, patient);
  const short = ofText((text) => text.replace(/("error_code":\d+),.*}/, '$1}'));
  const inspector = await startInspector(t, {
    ...patient,
    upstream: await startProxy(t, service.url, short),
  });
  const { token, crop } = inspector;
  const accessToken = await token();
  for (const name of ['card-on-table', 'no-card'] as const)
    await crop(accessToken, { bundle_key: bundleKey, img: fixture(name).base64 });
  const page = await inspector.open();
  const chip = page.locator('.row', { hasText: '422' }).locator('.chip.drifts');
  await becomes(t, 'the list counts', () => textOf(chip), /≠ 1/);
  await page.getByRole('searchbox').fill('drift:error-422-keys');
  await becomes(t, 'the search finds it', () => page.locator('.row').count(), 1);
  await openCall(page, '422');
  const section = page.locator('.drift');
  const told = /error-422-keys.*"full".*"short"/;
  await becomes(t, 'its page says both', () => textOf(section), told);
  await page.getByRole('searchbox').fill('');
  await openCall(page, '200');
  await becomes(t, 'and where there is none', () => textOf(section), /No difference/);
});
