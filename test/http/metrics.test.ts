import { test } from 'tap';
import { fixture } from '../../src/photos/fixtures.js';
import { bundleKey, cropperPath, startSimulator } from '../support/simulator.js';

const browser = { accept: 'text/html', 'accept-language': 'en', 'user-agent': 'Mozilla/5.0' };

/** Samples by name and labels: `a{b="c"}` → 1. */
const readSamples = (text: string) =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );

test('every call is counted by endpoint, station and status; our own pages are not', async (t) => {
  const simulator = await startSimulator(t);
  const token = await simulator.token();
  const img = fixture('card-on-table').base64;
  t.equal((await simulator.crop(token, { bundle_key: bundleKey, img })).status, 200);
  t.equal((await simulator.crop(token, { bundle_key: 'nobody’s', img })).status, 401);
  t.equal((await simulator.crop('none', { bundle_key: bundleKey, img })).status, 403);
  await simulator.exchange({ method: 'GET', path: '/nowhere' });
  await simulator.exchange({ method: 'GET', path: '/livez' });
  await t.rejects(
    simulator.exchange({ path: cropperPath, headers: { prefer: 'scenario=empty-reply' }, body: '{}' }),
  );

  const answer = await simulator.exchange({ method: 'GET', path: '/metrics' });
  t.match(answer.headers['content-type'], /^text\/plain; version=0\.0\.4/);
  const samples = readSamples(answer.text);
  const calls = Object.entries(samples).filter(([name]) => name.startsWith('id_cropper_requests_total'));
  t.same(Object.fromEntries(calls), {
    'id_cropper_requests_total{endpoint="token",station="gateway",status="200"}': 1,
    'id_cropper_requests_total{endpoint="crop",station="answer",status="200"}': 1,
    'id_cropper_requests_total{endpoint="crop",station="entitle",status="401"}': 1,
    'id_cropper_requests_total{endpoint="crop",station="authenticate",status="403"}': 1,
    'id_cropper_requests_total{endpoint="other",station="none",status="404"}': 1,
    'id_cropper_requests_total{endpoint="crop",station="gateway",status="none"}': 1,
  });
  for (const stage of ['decode', 'detect', 'rectify', 'inspect', 'encode'])
    t.equal(samples[`id_cropper_crop_stage_duration_seconds_count{stage="${stage}"}`], 1, stage);
  t.match(samples, {
    'id_cropper_request_duration_seconds_count{endpoint="crop"}': 4,
    id_cropper_queue_photos: 0,
    id_cropper_queue_bytes: 0,
    id_cropper_upload_photos: 0,
    id_cropper_upload_bytes: 0,
    id_cropper_state_up: 1,
    id_cropper_workers_busy: 0,
  });
  t.ok(samples.id_cropper_workers! >= 1);
  t.ok(samples.process_resident_memory_bytes! > 1e6);
  t.ok('nodejs_eventloop_lag_p99_seconds' in samples);
});

const visitors: readonly [who: string, headers: Record<string, string>, status: number][] = [
  ['Prometheus in a compose network', { host: 'simulator:3000', 'user-agent': 'Prometheus/3.5.0' }, 200],
  ['a browser at this machine', { ...browser, host: 'localhost:3000' }, 200],
  ['a page whose name was made to lead here', { ...browser, host: 'evil.example:3000' }, 403],
];

test('who may look', async (t) => {
  for (const options of [{}, { controlToken: 'secret' }]) {
    const { exchange } = await startSimulator(t, options);
    for (const [who, headers, status] of visitors)
      t.match(await exchange({ method: 'GET', path: '/metrics', headers }), { status }, who);
  }
});

test('two servers in a process count for themselves', async (t) => {
  const [one, other] = [await startSimulator(t), await startSimulator(t)];
  await one.exchange({ method: 'GET', path: '/nowhere' });
  const { text } = await other.exchange({ method: 'GET', path: '/metrics' });
  t.notMatch(text, 'endpoint="other"');
});

test('the setting metrics', async (t) => {
  const { exchange } = await startSimulator(t, { metrics: false });
  t.match(await exchange({ method: 'GET', path: '/metrics' }), {
    status: 404,
    text: '{"message":"Not Found"}',
  });
});
