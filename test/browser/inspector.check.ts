import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { test } from 'tap';
import type { JournalEntry } from '../../src/journal/entry.js';
import { packageRoot } from '../../src/package-root.js';
import { fixture } from '../../src/photos/fixtures.js';
import { control, tryControl } from '../support/control.js';
import { emptyFolder } from '../support/packed.js';
import { bundleKey } from '../support/simulator.js';
import { until } from '../support/until.js';
import { becomes, makeCalls, openCall, startInspector, textOf } from './inspector-page.js';

// Not part of `npm test`, which needs nothing but Node: this one needs Chromium (`npm run check:browser`).

const timeout = 300_000;
const latest = async (url: string) =>
  (await control<{ requests: JournalEntry[] }>(url, 'GET', '/requests?limit=1')).requests[0];

test('the first visit says what to do; calls come in by themselves', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  const page = await inspector.open();
  await page.getByText('No call yet').waitFor();
  t.match(await page.locator('.first-steps pre').innerText(), /curl .*\/api\/o\/token\//);
  await makeCalls(inspector);
  await page.locator('.row').nth(6).waitFor();
  await becomes(t, 'all are counted', () => textOf(page.locator('.calls-count')), /7 of 7 calls/);
  const rows = await Promise.all((await page.locator('.row').all()).map(textOf));
  for (const part of ['422', 'Crop', 'demo', 'crop', 'no card: confidence', ' ms', ':'])
    t.ok(rows.at(-3)!.includes(part), `${part}: ${rows.at(-3)}`);
  t.match(rows[0], /^none Crop connection-reset/);
  await inspector.exchange({ path: '/another' });
  await page.locator('.row', { hasText: '/another' }).waitFor();
  t.pass('live');
});

test('search and filter', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const page = await inspector.open();
  const shown = async () => (await textOf(page.locator('.calls-count'))).split(' ')[0];
  await page.locator('.row').nth(6).waitFor();
  await page.keyboard.press('/');
  for (const [text, count] of [
    ['no card', '1'],
    ['DEMO crop', '4'],
    ['connection-reset', '1'],
    ['nothing has this', '0'],
    ['', '7'],
  ] as const) {
    await page.keyboard.press('Control+A');
    if (text === '') await page.keyboard.press('Delete');
    else await page.keyboard.type(text);
    await until(`${count} for "${text}"`, async () => (await shown()) === count);
    if (count === '0') await page.getByText('No call fits').waitFor();
  }
  for (const [name, count] of [
    ['OK', '2'],
    ['422', '1'],
    ['Refused', '3'],
    ['Failed', '1'],
    ['All', '7'],
  ] as const) {
    await page.getByRole('button', { name, exact: true }).click();
    await until(`${count} ${name}`, async () => (await shown()) === count);
  }
  await page.getByLabel('Endpoint').selectOption('other');
  await until('one elsewhere', async () => (await shown()) === '1');
  await page.getByLabel('Endpoint').selectOption('');
  await page.getByLabel('Account').selectOption('demo');
  await until('those of demo', async () => (await shown()) === '5');
});

test('the filter stands in the address, and what came unseen in the title', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const page = await inspector.open('calls?text=status:4 -status:422&account=demo');
  const shown = async () => (await textOf(page.locator('.calls-count'))).split(' ')[0];
  await until('those that the address asks for', async () => (await shown()) === '1');
  await page.locator('.row').first().click();
  await until('the call and the filter', async () => /#\/calls\/\d+\?text=status/.test(page.url()));
  await page.reload();
  await until('the same after a reload', async () => (await shown()) === '1');
  await page.getByRole('searchbox').fill('');
  await page.getByLabel('Account').selectOption('');
  await until('none', async () => /#\/calls\/\d+$/.test(page.url()));
  const hide = (hidden: boolean) =>
    page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${hidden} });
      document.dispatchEvent(new Event('visibilitychange'))`);
  await hide(true);
  await inspector.exchange({ path: '/unseen' });
  await until('one unseen', async () => (await page.title()) === '(1) ID Cropper inspector');
  await hide(false);
  await becomes(t, 'seen', () => page.title(), 'ID Cropper inspector');
});

test('a call shows its pictures, what was weighed, and what was said', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  // On an easy photo the first outline is beyond doubt, and nothing is weighed against it.
  const img = fixture('patterned-cloth').base64;
  await inspector.crop(await inspector.token(), { bundle_key: bundleKey, img });
  const page = await inspector.open();
  await page.getByLabel('Endpoint').selectOption('crop');
  await openCall(page, '200');
  const { candidates, confidence } = (await latest(inspector.url))!;
  t.ok(candidates!.length > 1, 'there are others');
  await page.locator('.outline .found').waitFor();
  const widths = () =>
    page
      .locator('.picture-frame img')
      .evaluateAll((images) =>
        images.map((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
      );
  await until('both pictures', async () => (await widths()).filter((width) => width > 100).length === 2);
  const rejected = () => page.locator('.outline .rejected').count();
  await becomes(t, 'the rejected ones', rejected, candidates!.length - 1);
  await page.getByLabel(/Rejected candidates/).uncheck();
  await becomes(t, 'hidden', rejected, 0);
  await becomes(
    t,
    'the confidence',
    () => textOf(page.locator('.confidence')),
    RegExp(`Confidence ${confidence!.toFixed(2)}`),
  );
  t.match(await page.locator('.outline').getAttribute('aria-label'), /confidence \d\.\d\d/);

  const slider = page.getByLabel('How much of the crop is shown over the photo');
  const clip = () =>
    page
      .locator('.compare-after')
      .evaluate((image) => (image as unknown as { style: { clipPath: string } }).style.clipPath);
  const before = await clip();
  await slider.focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowLeft');
  await becomes(t, 'the slider, by keys', clip, (now) => now !== before);

  await becomes(
    t,
    'the stages',
    () => textOf(page.locator('.stages')),
    /decode .*detect .*rectify .*encode .*in all/,
  );
  await becomes(t, 'the journey', () => textOf(page.locator('.journey li[aria-current]')), /answer/);
  const messages = () => page.locator('.messages').textContent();
  await becomes(
    t,
    'what was said',
    messages,
    /POST \/api\/v1\/id_cropper_register[\s\S]*Bearer \w{4}…[\s\S]*"bundle_key": "0000…"[\s\S]*HTTP 200/,
  );
  t.notMatch(await messages(), /Bearer \w{5}/, 'redacted');

  await page.getByRole('button', { name: 'Close' }).click();
  await openCall(page, '422');
  await page.locator('.outline .rejected').first().waitFor();
  await becomes(t, 'none is found', () => page.locator('.outline .found').count(), 0);
  await becomes(
    t,
    'the verdict',
    () => textOf(page.locator('.verdict')),
    /Decided at station “crop” CARD_NOT_FOUND no card: confidence/,
  );
});

test('the list shows each card, or the photo in which there was none, once', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const page = await inspector.open('accounts');
  const asked: string[] = [];
  page.on('request', (request) => {
    const id = /\/requests\/(\d+)\/thumbnail$/.exec(request.url())?.[1];
    if (id !== undefined) asked.push(id);
  });
  const sizes = () =>
    page.locator('.row-picture img').evaluateAll((images) =>
      images
        .map((image) => image as unknown as { naturalWidth: number; naturalHeight: number })
        .map(({ naturalWidth, naturalHeight }) => `${naturalWidth} × ${naturalHeight}`)
        .join(),
    );
  for (const visit of ['first', 'second']) {
    await page.locator('.parts a').first().click();
    await becomes(t, `a photo and a card, on the ${visit} visit`, sizes, /^128 × 96,128 × 8\d$/);
    await page.getByRole('link', { name: 'Accounts' }).click();
    await page.locator('.card').first().waitFor();
  }
  t.same(asked.toSorted(), ['2', '3'], 'asked for once, and not for calls without a picture');
});

test('one call is deleted, after a yes; the next one is shown', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const page = await inspector.open('calls/3');
  const remove = page.getByRole('button', { name: 'Delete this call' });
  await remove.click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  t.equal((await control<JournalEntry>(inspector.url, 'GET', '/requests/3')).id, 3, 'only after a yes');
  await remove.click();
  await page.getByRole('button', { name: 'Yes, do it' }).click();
  await page.getByText('Call 2', { exact: true }).waitFor();
  await becomes(t, 'one less', () => textOf(page.locator('.calls-count')), '6 of 6 calls');
  t.equal((await tryControl(inspector.url, 'GET', '/requests/3')).status, 404);
  await control(inspector.url, 'DELETE', '/requests/2');
  await remove.click();
  await page.getByRole('button', { name: 'Yes, do it' }).click();
  await page.getByText('the journal has no request 2, or no longer').waitFor();
  t.pass('what was gone already');
});

test('copied as curl, it is the same call; replayed, too', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const page = await inspector.open('calls/2');
  const folder = emptyFolder(t);
  const copyAndRun = async () => {
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.locator('.call-actions').getByText('Copied').waitFor();
    const command = await page.evaluate('navigator.clipboard.readText()');
    return (await promisify(execFile)('bash', ['-c', String(command)], { cwd: folder })).stdout;
  };
  t.match(JSON.parse(await copyAndRun()), { data: { img: /^\/9j/ }, trials_remaining: '2' });
  await page.getByRole('button', { name: 'Replay' }).click();
  await page.getByText(/^Sent again: call \d+$/).waitFor();
  t.match(await latest(inspector.url), { status: 200, account: 'demo', trialsRemaining: 2 });
  for (const [id, status, text] of [
    [1, 200, /access_token/],
    [3, 422, /error_code/],
    [4, 401, /Bundle key/],
    [5, 403, /access_token could not be found/],
    [6, 404, /Not Found/],
  ] as const) {
    await page.goto(`${inspector.url}/__mock/#/calls/${id}`);
    await page.getByText(`Call ${id}`, { exact: true }).waitFor();
    t.match(await copyAndRun(), text, `call ${id}, by curl`);
    const before = (await latest(inspector.url))!.id;
    await page.getByRole('button', { name: 'Replay' }).click();
    await until(
      `call ${id} again`,
      async () =>
        (await latest(inspector.url))!.id > before &&
        /\/\d+$/.test(page.url()) &&
        !page.url().endsWith(`/${id}`),
    );
    const replayed = (
      await control<{ requests: JournalEntry[] }>(inspector.url, 'GET', `/requests?after=${before}`)
    ).requests.at(-1)!;
    t.equal(replayed.status, status, `call ${id}, replayed`);
  }
});

test('saved as a fixture: the photo, its crop and what to expect, in one file', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const page = await inspector.open('calls/2');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as fixture' }).click();
  const download = await downloading;
  t.equal(download.suggestedFilename(), 'call-2-200.zip');
  const zip = readFileSync(await download.path());
  for (const name of ['photo.jpg', 'expected.jpg', 'fixture.json']) t.ok(zip.includes(name), name);
  t.ok(zip.includes(fixture('card-on-table').bytes), 'the photo itself');
  t.match(zip.toString('latin1'), /"file": "photo\.jpg"[\s\S]*"corners": \[/);
});

/** Every way to a photo, and what the answer card says of it. */
const ways: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  chosen: async (page) => {
    const { name, mime, bytes } = fixture('card-on-table');
    await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: mime, buffer: bytes });
  },
  dropped: async (page) => deliver(page, 'drop'),
  pasted: async (page) => deliver(page, 'paste'),
  drawn: async (page) => {
    await page.getByLabel('Seed').fill('7');
    await page.getByRole('button', { name: 'Draw one' }).click();
  },
  'drawn by name, in a hand': async (page) => {
    await page.getByLabel('What').selectOption('arabicPermit');
    await page.getByLabel('Where').selectOption('inHand');
    await page.getByLabel('Seed').fill('7');
    await page.getByRole('button', { name: 'Draw one' }).click();
    await page.getByText(/^arabic-permit-7\.jpeg/).waitFor();
  },
  'taken by the camera': async (page) => {
    await page.getByRole('button', { name: 'Camera' }).click();
    await page.getByRole('button', { name: 'Take the photo' }).click();
  },
};

const deliver = (page: Page, kind: 'drop' | 'paste') =>
  page.evaluate(`(async () => {
    const bytes = await (await fetch('/docs/card-on-table.jpg')).blob();
    const parcel = new DataTransfer();
    parcel.items.add(new File([bytes], 'card.jpg', { type: 'image/jpeg' }));
    const event = '${kind}' === 'drop'
      ? new DragEvent('drop', { dataTransfer: parcel, bubbles: true, cancelable: true })
      : new ClipboardEvent('paste', { clipboardData: parcel, bubbles: true, cancelable: true });
    document.querySelector('.drop').dispatchEvent(event);
  })()`) as Promise<void>;

test('try it: a photo by any way, and what the API answers', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  const page = await inspector.open('try');
  const send = page.getByRole('button', { name: 'Send' });
  const status = page.locator('.try-answer .status');
  for (const [way, choose] of Object.entries(ways)) {
    await becomes(t, 'nothing to send yet', () => send.isDisabled(), true);
    await choose(page);
    await page.locator('.chosen img').waitFor();
    const before = (await latest(inspector.url))?.id ?? 0;
    await send.click();
    await until(
      `the answer to the photo ${way}`,
      async () => ((await latest(inspector.url))?.id ?? 0) > before && (await send.isEnabled()),
    );
    const expected = way.startsWith('taken') ? /^(200|422)$/ : /^200$/;
    await becomes(t, way, () => textOf(status), expected);
    if (/^200$/.test(await textOf(status)))
      await becomes(t, `${way}: the card`, () => page.locator('.try-crop').isVisible(), true);
    await page.getByRole('button', { name: 'Another photo' }).click();
    // Not at once: the page is drawn again after the click.
    await status.waitFor({ state: 'detached' });
  }
  await ways.chosen!(page);
  await page.getByLabel('Scenario').selectOption('no-card');
  await page.getByLabel('Language of messages').selectOption('ar');
  await send.click();
  await page.locator('.try-answer .status', { hasText: '422' }).waitFor();
  await becomes(t, 'in Arabic', () => page.locator('.try-answer pre').innerText(), /[\u0600-\u06ff]/);
  await page.getByLabel('Scenario').selectOption('empty-reply');
  await send.click();
  await page.getByText('The connection ended without an answer.').waitFor();
  await page.getByRole('button', { name: 'Open this call' }).click();
  await page.getByText('There was no answer').waitFor();
});

test('accounts with their trials and tokens', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  const { url } = inspector;
  const page = await inspector.open('accounts');
  await page.getByLabel('User name of the new account').fill('a-new-one');
  await page.getByRole('button', { name: 'New account' }).click();
  // The account shown before has no token either.
  await page.locator('.card', { hasText: 'a-new-one' }).first().waitFor();
  await page.getByText('This account has no token yet').waitFor();
  t.match(await control(url, 'GET', '/accounts/a-new-one'), { username: 'a-new-one' });
  await page.getByLabel(/^Trials of bundle/).fill('7');
  // The page asks anew with each call that comes in; what is being typed stays.
  const asked = page.waitForResponse(`${url}/__mock/accounts`);
  await inspector.exchange({ path: '/meanwhile' });
  await (await asked).finished();
  await page.waitForTimeout(200);
  await page.getByLabel(/^Trials of bundle/).press('Tab');
  await until(
    'seven trials',
    async () =>
      (await control<{ bundles: { trials: number }[] }>(url, 'GET', '/accounts/a-new-one')).bundles[0]!
        .trials === 7,
  );
  const tokens = () =>
    control<{ state: string; trialsRemaining: number }[]>(url, 'GET', '/accounts/a-new-one/tokens');
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByLabel(/^Trials left of token/).fill('1');
  await page.getByLabel(/^Trials left of token/).press('Tab');
  await until('one trial left', async () => (await tokens())[0]?.trialsRemaining === 1);
  await page.getByRole('button', { name: /^Expire:/ }).click();
  await page.locator('.state-expired').waitFor();
  await page.getByRole('button', { name: /^Revoke:/ }).click();
  await page.locator('.state-revoked').waitFor();
  t.match(await tokens(), [{ state: 'revoked', trialsRemaining: 1 }]);
  await page.getByRole('button', { name: 'Reset the account' }).click();
  await page.getByRole('button', { name: 'Yes, do it' }).click();
  await until('no tokens', async () => (await tokens()).length === 0);
});

test('scenarios: for the next call, for all, and taken back', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  const { url } = inspector;
  const page = await inspector.open('scenarios');
  const queue = async () =>
    (await control<{ scenario: string }[]>(url, 'GET', '/accounts/demo/queue'))
      .map(({ scenario }) => scenario)
      .join();
  await page.getByLabel('Search scenarios').fill('no-card');
  await page.getByRole('button', { name: 'Next call: no-card' }).click();
  await until('one waits', async () => (await queue()) === 'no-card');
  await page.getByLabel('Search scenarios').fill('slow');
  await page.getByRole('group', { name: 'Parameters of slow', exact: true }).getByLabel('ms').fill('250');
  await page.getByRole('button', { name: 'Next call: slow', exact: true }).click();
  await until('two wait', async () => (await queue()) === 'no-card,slow;ms=250');
  await page.getByRole('button', { name: 'Remove no-card from the queue' }).click();
  await until('one waits', async () => (await queue()) === 'slow;ms=250');
  await page.getByRole('button', { name: 'Empty the queue' }).click();
  await until('none waits', async () => (await queue()) === '');
  const always = async () =>
    (await control<{ defaultScenario: string | null }>(url, 'GET', '/accounts/demo')).defaultScenario;
  const toggle = page.getByRole('switch', { name: 'Every call: slow', exact: true });
  await toggle.click();
  await until('always', async () => (await always()) === 'slow;ms=250');
  await becomes(t, 'the switch is on', () => toggle.getAttribute('aria-checked'), 'true');
  await toggle.click();
  await until('never', async () => (await always()) === null);
  await becomes(t, 'the switch is off', () => toggle.getAttribute('aria-checked'), 'false');
});

test('the clock stops, goes on and comes back; a reset resets', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  const { url } = inspector;
  await makeCalls(inspector);
  const page = await inspector.open('time');
  const clock = (path = '/clock') => control<{ now: string; frozen: boolean }>(url, 'GET', path);
  await page.getByLabel('Set to (UTC)').fill('2031-02-03T04:05:06');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await page.getByText('2031-02-03').waitFor();
  await page.getByRole('switch', { name: 'Stop the clock' }).click();
  await until('it stands', async () => (await clock()).frozen);
  const { now } = await clock();
  await page.getByRole('button', { name: '+1h' }).click();
  await until('an hour later', async () => Date.parse((await clock()).now) - Date.parse(now) === 3_600_000);
  await page.getByLabel('Whose clock').selectOption('demo');
  await page.getByRole('button', { name: '+1d' }).click();
  await until('a day later for one', async () =>
    (await clock('/accounts/demo/clock')).now.startsWith('2031-02-04'),
  );
  t.match(await clock(), { now: /^2031-02-03/ }, 'and for nobody else');
  await page.getByRole('button', { name: 'Clear the calls' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  t.equal((await control<{ count: number }>(url, 'GET', '/requests/count')).count, 7, 'only after a yes');
  await page.getByRole('button', { name: 'Clear the calls' }).click();
  await page.getByRole('button', { name: 'Yes, do it' }).click();
  await until(
    'no calls',
    async () => (await control<{ count: number }>(url, 'GET', '/requests/count')).count === 0,
  );
  await page.getByRole('button', { name: 'Reset everything' }).click();
  await page.getByRole('button', { name: 'Yes, do it' }).click();
  await until('real time', async () => !(await clock()).now.startsWith('2031'));
});

test('what somebody else clears goes from the list', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const page = await inspector.open();
  await page.locator('.row').nth(6).waitFor();
  await control(inspector.url, 'DELETE', '/requests');
  await page.getByText('No call yet').waitFor();
  await page.goto(`${inspector.url}/__mock/#/calls/2`);
  await page.getByText('This call is no longer in the journal').waitFor();
});

test('by keys alone', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const page = await inspector.open();
  await page.locator('.row').nth(6).waitFor();
  await page.keyboard.press('Tab');
  await becomes(
    t,
    'the first stop',
    () => page.evaluate('document.activeElement.textContent'),
    'Skip to the content',
  );
  await page.getByRole('listbox').focus();
  const active = () =>
    page.evaluate(
      `document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.id`,
    );
  await page.keyboard.press('End');
  await becomes(t, 'the last row', active, 'call-1');
  await page.keyboard.press('ArrowUp');
  await becomes(t, 'the one above', active, 'call-2');
  await page.keyboard.press('Enter');
  await page.getByText('Call 2', { exact: true }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.getByText('Call 3', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await until('closed', async () => page.url().endsWith('#/calls'));
  await page.goBack();
  await page.getByText('Call 3', { exact: true }).waitFor();
});

test('in Arabic from right to left, dark and light, and so the next time', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const page = await inspector.open();
  await page.getByTitle('Switch to Arabic').click();
  const root = page.locator('html');
  await becomes(t, 'from right to left', () => root.getAttribute('dir'), 'rtl');
  await becomes(t, 'in Arabic', () => root.getAttribute('lang'), 'ar');
  await page.getByRole('link', { name: 'الحسابات' }).waitFor();
  const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const light = await ground();
  await page.getByRole('button', { name: /^الألوان/ }).click();
  await becomes(t, 'dark', ground, (now) => now !== light);
  await page.reload();
  await page.getByRole('link', { name: 'الحسابات' }).waitFor();
  await becomes(t, 'still dark', ground, (now) => now !== light);
  const rightOf = async (selector: string, n = 0) => {
    const box = (await page.locator(selector).nth(n).boundingBox())!;
    return box.x + box.width;
  };
  await becomes(
    t,
    'an account, in Latin letters, stands under its head',
    async () => (await rightOf('.row-account')) - (await rightOf('.column-heads span', 3)),
    (apart) => Math.abs(Number(apart)) < 2,
  );
  const first = page.locator('.row .status').first();
  await becomes(
    t,
    'the first column is the rightmost',
    async () => (await first.boundingBox())?.x,
    (x) => Number(x) > 900,
  );
});

test('it asks for the control-token, and takes no other', { timeout }, async (t) => {
  const inspector = await startInspector(t, { controlToken: 'a-secret' });
  const page = await inspector.open();
  await page.getByLabel('Control token').fill('a-guess');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByText('That was not it.').waitFor();
  await page.getByLabel('Control token').fill('a-secret');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByText('No call yet').waitFor();
  await inspector.crop(await inspector.token(), {
    bundle_key: '0'.repeat(32),
    img: fixture('card-on-table').base64,
  });
  await openCall(page, '200');
  await page.locator('.row').first().click();
  await page.locator('.outline .found').waitFor();
  t.pass('pictures too');
});

test('the whole page is less than 150 kB, without pictures, and as docs/inspector.md has it', {
  timeout,
}, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const page = await inspector.browser.newPage();
  let bytes = 0;
  page.on('response', async (response) => {
    if (/\/(photo|crop|thumbnail|stream)/.test(response.url()) || response.url().startsWith('blob:')) return;
    const { responseBodySize, responseHeadersSize } = await response.request().sizes();
    bytes += responseBodySize + responseHeadersSize;
  });
  await page.goto(`${inspector.url}/__mock/#/calls/2`);
  await page.locator('.outline .found').waitFor();
  const guide = readFileSync(join(packageRoot, 'docs/inspector.md'), 'utf8');
  const documented = 1000 * Number(/The page is (\d+) kB on the wire/.exec(guide)?.[1]);
  const isNear = () => Math.abs(bytes - documented) < 2000;
  await becomes(t, `about ${documented} bytes`, async () => bytes, isNear);
  t.comment(`${bytes} bytes`);
  t.ok(bytes < 150_000, `${bytes} bytes`);
});

test('on a phone, what is done to a call lies under the thumb', { timeout }, async (t) => {
  const inspector = await startInspector(t);
  await makeCalls(inspector);
  const height = 740;
  for (const language of ['en', 'ar'] as const)
    for (const path of ['calls', 'calls/2', 'try', 'accounts', 'scenarios', 'time']) {
      const page = await inspector.open(path, { width: 360, height, language });
      await page
        .locator(path === 'calls' ? '.row' : path === 'calls/2' ? '.call-actions' : '.card')
        .first()
        .waitFor();
      const sideways = await page.evaluate(
        `[document.documentElement, ...document.querySelectorAll('main, .calls-open, .page')].some((box) => box.scrollWidth > box.clientWidth + 1)`,
      );
      t.notOk(sideways, `${path} in ${language} scrolls in one direction`);
      const below = path === 'calls/2' ? '.call-actions .button, .call-actions .call-back' : '.parts a';
      for (const each of await page.locator(below).all()) {
        const box = (await each.boundingBox())!;
        t.ok(
          box.y > height * 0.6 && box.height >= 40 && box.width >= 40,
          `${path} in ${language}: ${await textOf(each)}`,
        );
      }
      await page.context().close();
    }
});
