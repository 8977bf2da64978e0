import { type Test, test } from 'tap';
import { passwordGrant, startSimulator, tokenPath } from '../support/simulator.js';
import { send } from '../support/wire.js';
import { fuzzHttp, fuzzWire } from './fuzz-requests.js';
import { faultOfAnswer } from './vendor-shape.js';

/** Without the control API, whose answers Schemathesis looks at (`npm run check:schemathesis`). */
async function simulate(t: Test) {
  const { url, token } = await startSimulator(t, { trials: 100_000, control: 'off' });
  return { url, token: await token() };
}

test('whatever is asked, the answer has a shape of the vendor’s', async (t) => {
  await fuzzHttp(await simulate(t), { seed: 12, runs: 500 });
  t.pass('500 requests');
});

test('whatever comes on the wire, too', async (t) => {
  await fuzzWire(await simulate(t), { seed: 12, runs: 200 });
  t.pass('200 connections');
});

test('the judge of shapes refuses what is none', async (t) => {
  const { url } = await simulate(t);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const good = await send(url, {
    path: tokenPath,
    headers,
    body: new URLSearchParams(passwordGrant).toString(),
  });
  const token = { method: 'POST', path: tokenPath };
  const crop = { method: 'POST', path: '/api/v1/id_cropper_register' };
  t.equal(faultOfAnswer(token, good), undefined);
  const answer = (status: number, text: string) => ({ status, text, headers: {} });
  t.ok(faultOfAnswer(token, answer(200, '{"access_token":"short"}')));
  t.ok(faultOfAnswer(token, answer(401, '{"error":"invalid_grant"}')));
  t.ok(faultOfAnswer(token, answer(500, '{"message":"Internal Server Error"}')));
  t.ok(faultOfAnswer(crop, answer(500, '{"message":"Internal Server Error"}')));
  t.ok(faultOfAnswer(crop, answer(422, '{"message":"x","error_code":1}')));
  t.ok(faultOfAnswer(crop, answer(404, '{"message":"Route POST:/ not found"}')));
  t.ok(faultOfAnswer({ ...crop, path: '/nowhere' }, answer(200, '{}')));
});
