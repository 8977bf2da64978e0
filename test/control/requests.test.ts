import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type Test, test } from 'tap';
import type { RequestLines } from '../../src/control/request-lines.js';
import type { JournalEntry } from '../../src/journal/entry.js';
import { fixture } from '../../src/photos/fixtures.js';
import { control, tryControl } from '../support/control.js';
import { unreadableJpeg } from '../support/photos.js';
import { bundleKey, cropperPath, passwordGrant, startSimulator, tokenPath } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openSocket } from '../support/wire.js';

interface List {
  readonly requests: JournalEntry[];
  readonly total: number;
}

async function start(t: Test, options = {}) {
  const simulator = await startSimulator(t, options);
  const list = (query = '') => control<List>(simulator.url, 'GET', `/requests${query}`);
  return { ...simulator, list };
}

test('an entry tells what was asked, answered and decided, and no secret', async (t) => {
  const { url, crop, token, list } = await start(t);
  const { bytes, base64, corners, width, height } = fixture('card-on-table');
  const accessToken = await token();
  const answer = await crop(accessToken, { bundle_key: bundleKey, img: base64, lang: 'ar' });
  const { transaction_id, data } = JSON.parse(answer.text);
  const [login, entry] = (await list()).requests;
  t.match(login, {
    endpoint: 'token',
    account: 'demo',
    path: tokenPath,
    status: 200,
    requestBody: { username: 'demo', password: /…$/, client_secret: /…$/ },
    answerBody: { access_token: /…$/, refresh_token: /…$/, expires_in: 600 },
  });
  const cropped = Buffer.from(data.img, 'base64');
  t.match(entry, {
    endpoint: 'crop',
    account: 'demo',
    method: 'POST',
    path: cropperPath,
    requestBody: { lang: 'ar', img: 'see photo', bundle_key: '0000…' },
    status: 200,
    answerBody: { data: { img: 'see crop' }, transaction_id, trials_remaining: '2' },
    ended: 'answered',
    station: 'answer',
    rule: null,
    scenario: null,
    call: 1,
    transactionId: transaction_id,
    trialsRemaining: 2,
    photo: { format: 'jpeg', bytes: bytes.length, width, height, sha256: sha256(bytes), kept: true },
    crop: { format: 'jpeg', bytes: cropped.length, sha256: sha256(cropped), kept: true },
    timings: { decode: Number, detect: Number, rectify: Number, encode: Number },
  });
  t.equal(entry!.crop!.corners.length, 4);
  for (const [i, [x, y]] of entry!.crop!.corners.entries())
    t.ok(Math.hypot(x - corners![i]![0], y - corners![i]![1]) < 3, `corner ${i}`);
  const text = JSON.stringify((await list()).requests);
  for (const secret of [accessToken, bundleKey, passwordGrant.client_secret!])
    t.notOk(text.includes(secret), secret);
  const fetched = async (kind: string) =>
    (await fetch(`${url}/__mock/requests/${entry!.id}/${kind}`)).arrayBuffer();
  t.ok(bytes.equals(Buffer.from(await fetched('photo'))), 'the photo itself');
  t.ok(cropped.equals(Buffer.from(await fetched('crop'))), 'the crop itself');
});

test('what the detector weighed, and how long it took, whether it found a card or not', async (t) => {
  const { crop, token, list } = await start(t);
  const accessToken = await token();
  for (const name of ['card-on-table', 'no-card'] as const)
    await crop(accessToken, { bundle_key: bundleKey, img: fixture(name).base64 });
  const [found, missed] = (await list('?endpoint=crop')).requests;
  t.match(missed, { status: 422, crop: null, timings: { decode: Number, detect: Number } });
  for (const entry of [found!, missed!]) {
    const candidates = entry.candidates!;
    t.ok(candidates.length > 0 && candidates.length <= 6, `${candidates.length} candidates`);
    t.equal(candidates[0]!.score, Math.round(entry.confidence! * 1000) / 1000, 'the best is what counted');
    t.same(
      candidates.map(({ score }) => score),
      candidates.map(({ score }) => score).toSorted((a, b) => b - a),
      'best first',
    );
    for (const { corners, source } of candidates) t.match([corners.length, source], [4, /^[a-z-]+$/]);
  }
  for (const [x, y] of found!.candidates![0]!.corners)
    t.ok(
      found!.crop!.corners.some((corner) => Math.hypot(x - corner[0], y - corner[1]) < 2),
      'where a card was found, the first is it',
    );
});

test('a line of each, page by page', async (t) => {
  const { url, crop, exchange, token } = await start(t);
  await crop(await token(), { bundle_key: bundleKey, img: unreadableJpeg });
  for (let call = 0; call < 5; call++) await exchange({ path: '/nowhere' });
  const page = (query: string) =>
    control<{ lines: JournalEntry[]; total: number }>(url, 'GET', `/requests/lines?${query}`);
  const { lines, total } = await page('');
  t.equal(total, 7);
  t.match(lines[1], { id: 2, endpoint: 'crop', account: 'demo', status: 422, station: 'crop' });
  t.notOk('requestHeaders' in lines[1]! || 'answerBody' in lines[1]!, 'not the whole of it');
  const last = await page('limit=2');
  t.same(
    last.lines.map(({ id }) => id),
    [6, 7],
  );
  t.same(
    (await page('limit=2&before=6')).lines.map(({ id }) => id),
    [4, 5],
  );
  t.match(await page('limit=0&status=404'), { lines: [], total: 5 });
});

/** What is sent, what the list then has of it, and the size of its thumbnail. */
const thumbnails: readonly [img: string, picture: 'crop' | 'photo' | null, size: [number, number] | null][] =
  [
    [fixture('card-on-table').base64, 'crop', [128, 81]],
    [fixture('png').base64, 'crop', [128, 81]],
    [fixture('no-card').base64, 'photo', [128, 96]],
    [fixture('truncated').base64, 'photo', [128, 96]],
    [fixture('too-small').base64, 'photo', [40, 30]],
    [fixture('too-large').base64, 'photo', null],
    [unreadableJpeg, 'photo', null],
    ['no picture', null, null],
  ];

test('a thumbnail: of the crop, else of the photo, else none', async (t) => {
  const { url, crop, token, list } = await start(t);
  for (const [img] of thumbnails) await crop(await token(), { bundle_key: bundleKey, img });
  const { lines } = await control<RequestLines>(url, 'GET', '/requests/lines?endpoint=crop');
  for (const [i, [, picture, size]] of thumbnails.entries()) {
    const { id, picture: kept } = lines[i]!;
    t.equal(kept, picture, `${id}: what there is`);
    const answer = await fetch(`${url}/__mock/requests/${id}/thumbnail`);
    t.equal(answer.status, size === null ? 404 : 200, `${id}: whether it can be made small`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (size === null) continue;
    t.equal(answer.headers.get('content-type'), 'image/jpeg');
    t.ok(bytes.length < 8000, `${bytes.length} bytes`);
    const { format, width, height } = await sharp(bytes).metadata();
    t.match([format, width], ['jpeg', size[0]]);
    t.ok(Math.abs(height - size[1]) <= 2, `${width} × ${height}`);
  }
  t.equal((await list()).total, 2 * thumbnails.length, 'nothing of this is a call');
});

test('a thumbnail is upright, and like the picture', async (t) => {
  const { url, crop, token } = await start(t);
  await control(url, 'POST', '/accounts/demo/queue', [{ scenario: 'no-card' }]);
  const { bytes, base64: img } = fixture('exif-orientation-6');
  await crop(await token(), { bundle_key: bundleKey, img });
  const answer = await fetch(`${url}/__mock/requests/2/thumbnail`);
  const small = Buffer.from(await answer.arrayBuffer());
  const { width, height, exif } = await sharp(small).metadata();
  t.ok(width < height && exif === undefined, `${width} × ${height}, turned for good`);
  const raw = (picture: Buffer) =>
    sharp(picture).autoOrient().resize(12, 16, { fit: 'fill' }).removeAlpha().raw().toBuffer();
  const [seen, expected] = await Promise.all([raw(small), raw(bytes)]);
  const difference = seen.reduce((sum, value, i) => sum + Math.abs(value - expected[i]!), 0) / seen.length;
  t.ok(difference < 6, `mean difference of ${difference.toFixed(1)} of 255`);
});

test('one entry is forgotten, once', async (t) => {
  const { url, exchange, list } = await start(t);
  for (const path of ['/one', '/two', '/three']) await exchange({ path });
  t.equal((await tryControl(url, 'DELETE', '/requests/2')).status, 204);
  t.match(await tryControl(url, 'DELETE', '/requests/2'), {
    status: 404,
    json: { detail: /no request 2/ },
  });
  t.same(
    (await list()).requests.map(({ id }) => id),
    [1, 3],
  );
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Each refusal with the station that decided. */
test('which station decided', async (t) => {
  const { url, crop, token, exchange, list } = await start(t);
  const accessToken = await token();
  await exchange({ path: '/nowhere' });
  await exchange({ path: cropperPath, headers: { 'content-type': 'text/plain' }, body: 'x' });
  await crop('nobody', {});
  await exchange({
    path: cropperPath,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: '{',
  });
  await crop(accessToken, { img: 'x' });
  await crop(accessToken, { bundle_key: 'wrong', img: 'x' });
  await crop(accessToken, { bundle_key: bundleKey, img: 'x' });
  await crop(accessToken, { bundle_key: bundleKey, img: unreadableJpeg });
  await control(url, 'PATCH', `/accounts/demo/tokens/${accessToken}`, { trialsRemaining: 0 });
  await crop(accessToken, { bundle_key: bundleKey, img: unreadableJpeg });
  const decided = (await list()).requests.slice(1).map(({ station, rule }) => `${station} ${rule}`);
  t.same(decided, [
    'null NOT_FOUND',
    'intake UNSUPPORTED_MEDIA_TYPE',
    'authenticate ACCESS_TOKEN_NOT_FOUND',
    'body MISSING_INPUT',
    'body MISSING_INPUT',
    'entitle INVALID_BUNDLE_KEY',
    'photo UNSUPPORTED_MEDIA_TYPE',
    'crop IMAGE_UNREADABLE',
    'trials TRIALS_EXHAUSTED',
  ]);
});

test('list, count, filter, clear', async (t) => {
  const { url, crop, exchange, token, list } = await start(t);
  const accessToken = await token();
  for (let call = 0; call < 3; call++)
    await crop(accessToken, { bundle_key: bundleKey, img: unreadableJpeg });
  await exchange({ path: '/nowhere' });
  t.match(await list('?status=422'), { total: 3, requests: [{ status: 422 }, {}, {}] });
  t.match(await list('?status=422&limit=1'), { total: 3, requests: [{ trialsRemaining: 0 }] });
  t.match(await list('?limit=0'), { total: 5, requests: [] });
  t.same(await control(url, 'GET', '/requests/count?account=demo'), { count: 4 });
  t.same(await control(url, 'DELETE', '/requests?endpoint=other'), { cleared: 1 });
  t.same(await control(url, 'DELETE', '/requests'), { cleared: 4 });
  t.match(await list(), { total: 0 });
});

test('waiting for a request that is yet to come', async (t) => {
  const { url, crop, token } = await start(t);
  const accessToken = await token();
  const waiting = control<List>(url, 'GET', '/requests/wait?status=422&count=2&timeout=30s');
  await crop(accessToken, { bundle_key: bundleKey, img: unreadableJpeg });
  await crop(accessToken, { bundle_key: bundleKey, img: unreadableJpeg });
  t.match(await waiting, { total: 2, requests: [{ call: 1 }, { call: 2 }] });
  const miss = await tryControl(url, 'GET', '/requests/wait?status=418&timeout=1ms');
  t.match(miss, {
    status: 408,
    json: {
      detail: /0 of 1 requests fit .*the last requests:\n(.*\n)*.* 422 crop IMAGE_UNREADABLE .* by demo$/,
    },
  });
});

test('a live stream, and what was missed', async (t) => {
  const { url, exchange } = await start(t);
  const stop = new AbortController();
  const stream = await fetch(`${url}/__mock/requests/stream?endpoint=other`, { signal: stop.signal });
  t.match(stream.headers.get('content-type'), 'text/event-stream');
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  const next = async (wanted: number): Promise<string> => {
    let text = '';
    while ((text.match(/^data: /gm) ?? []).length < wanted) text += (await reader.read()).value;
    return text;
  };
  await exchange({ path: '/one' });
  await exchange({ path: '/two' });
  const events = await next(2);
  t.match(events, /id: 1\nevent: request\ndata: .*"path":"\/one".*\n\nid: 2\n/);
  stop.abort();
  const resumed = await fetch(`${url}/__mock/requests/stream`, { headers: { 'last-event-id': '1' } });
  const { value } = await resumed.body!.pipeThrough(new TextDecoderStream()).getReader().read();
  t.match(value, /^id: 2\n/);
});

test('a stream begins after the call that is named, with those that have come since', async (t) => {
  const { url, exchange } = await startSimulator(t);
  for (const path of ['/one', '/two', '/three']) await exchange({ path });
  const stop = new AbortController();
  const stream = await fetch(`${url}/__mock/requests/stream?after=1`, { signal: stop.signal });
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let read = '';
  while (!read.includes('/three')) read += (await reader.read()).value;
  t.match(read, /^id: 2\n[\s\S]*\/two[\s\S]*\nid: 3\n/);
  stop.abort();
});

test('streams and waits end with the server', async (t) => {
  const { app, url } = await start(t);
  const stream = await fetch(`${url}/__mock/requests/stream`);
  const waiting = tryControl(url, 'GET', '/requests/wait?timeout=5m');
  await control(url, 'GET', '/clock'); // which comes in after it
  const closing = app.close();
  t.match(await waiting, { status: 408 });
  await stream.text();
  await closing;
});

test('no journal, or one without pictures', async (t) => {
  const { url, crop, token, list } = await start(t, { journalPictures: false });
  const accessToken = await token();
  await crop(accessToken, { bundle_key: bundleKey, img: fixture('card-on-table').base64 });
  const [entry] = (await list('?endpoint=crop')).requests;
  t.match(entry, { photo: { kept: false, sha256: String }, crop: { kept: false, sha256: String } });
  t.equal((await tryControl(url, 'GET', `/requests/${entry!.id}/photo`)).status, 404);
  await control(url, 'PATCH', '/settings', { journal: false });
  await crop(accessToken, { bundle_key: bundleKey, img: 'x' });
  t.match(await list('?endpoint=crop'), { total: 1 });
});

test('a client that leaves is remembered, with what it had asked', async (t) => {
  const { url, token, list } = await start(t);
  const socket = await openSocket(url);
  const accessToken = await token();
  const head = [
    `POST ${cropperPath} HTTP/1.1`,
    'host: x',
    'content-type: application/json',
    `authorization: Bearer ${accessToken}`,
  ];
  // It is told to go on when its headers have passed: until then nobody has asked whose token it is.
  await socket.write([...head, 'expect: 100-continue', 'content-length: 1000', '', '{'].join('\r\n'));
  await until('100 Continue', () => socket.received() !== '');
  socket.destroy();
  await until('its entry', async () => (await list('?endpoint=crop')).total === 1);
  t.match((await list('?endpoint=crop')).requests, [
    { ended: /^(unanswered|broken)$/, account: 'demo', station: 'body' },
  ]);
});

test('what a reader of the stream has not taken yet waits in the journal', async (t) => {
  const { app, url, exchange } = await start(t);
  const headers = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`x-${n}`, 'y'.repeat(300)]));
  for (let call = 0; call < 60; call++) await exchange({ path: '/nowhere', headers });
  let mostBuffered = 0;
  app.server.once('connection', (socket) => {
    const write = socket.write.bind(socket) as (...parts: unknown[]) => boolean;
    socket.write = (...parts: unknown[]) => {
      const done = write(...parts);
      mostBuffered = Math.max(mostBuffered, socket.writableLength);
      return done;
    };
  });
  const stop = new AbortController();
  const stream = await fetch(`${url}/__mock/requests/stream`, {
    headers: { 'last-event-id': '0', connection: 'close' },
    signal: stop.signal,
  });
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while ((text.match(/^data: .*\n\n/gm) ?? []).length < 60) text += (await reader.read()).value;
  t.same(
    [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)),
    Array.from({ length: 60 }, (_, n) => n + 1),
  );
  t.ok(mostBuffered < 200_000, `${mostBuffered} bytes at once`);
  stop.abort();
});

test('nobody can ask for the head of a stream that never ends', async (t) => {
  const { app } = await start(t);
  const answer = await app.inject({ method: 'HEAD', url: '/__mock/requests/stream' });
  t.match([answer.statusCode, answer.headers.allow], [405, 'GET'], 'nor is it taken for the id of a request');
});

test('own pages are no requests, however their paths are written', async (t) => {
  const { exchange, list, log } = await start(t);
  for (const path of [
    '//__mock//scenarios',
    'http://x/__mock/scenarios',
    '/%5F_mock/scenarios',
    '/docs/json',
    '/livez/',
    '//readyz',
  ]) {
    t.not((await exchange({ method: 'GET', path })).status, 404, path);
  }
  t.match(await list(), { total: 0 });
  t.same(log(), []);
  await exchange({ path: '/docsomething' });
  t.match(await list(), { total: 1 });
});

test('a server that nobody can ask keeps nothing', async (t) => {
  const { app, crop, token } = await startSimulator(t, { control: 'off' });
  const kept: unknown[] = [];
  app.exchangeEnds.push(({ exchange: { photo } }) => kept.push(photo?.place ?? photo?.sha256));
  await crop(await token(), { bundle_key: bundleKey, img: unreadableJpeg });
  t.same(kept, [undefined, undefined]);
});
