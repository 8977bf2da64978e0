import { test } from 'tap';
import { responseHmac } from '../../src/api/sign.js';
import type { Options } from '../../src/config/config.js';
import { contactSupport } from '../support/bodies.js';
import { base64, blankJpeg, unreadableJpeg } from '../support/photos.js';
import { bundleKey, startSimulator } from '../support/simulator.js';

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("the vendor's own test vector of the response HMAC", async (t) => {
  const words =
    'area back_nid date_of_birth expiry_date first_name front_nid full_name gender husband_name marital_status profession release_date religion serial_number street';
  const result = Object.fromEntries(
    words
      .split(' ')
      .reverse()
      .map((word) => [word, word]),
  );
  const answer = { trials_remaining: 3, transaction_id: 'transaction_id', result };
  t.equal(
    responseHmac(answer, 'secret_key'),
    'd3f33383a5eae30125523bc8e6bdfbbe08cec2d87fb6f54e273e78faeec2fbc0f652d8e5f183729c3de405863018f9309f25b8000f3ca925d3efafdd4d4c0b70',
  );
});

test('422: four keys in the documented order', async (t) => {
  const simulator = await startSimulator(t);
  const img = base64(await blankJpeg());
  const { status, text, headers } = await simulator.crop(await simulator.token(), {
    bundle_key: bundleKey,
    img,
  });
  t.equal(status, 422);
  const body = JSON.parse(text) as Record<string, unknown>;
  t.same(Object.entries(body).slice(0, 2), [
    ['message', contactSupport],
    ['error_code', 5009],
  ]);
  t.same(Object.keys(body).slice(2), ['transaction_id', 'trials_remaining']);
  t.match(body.transaction_id, uuidV4);
  t.equal(headers.hmac, undefined, 'only a good answer is signed');
  t.equal(text, JSON.stringify(body), 'compact');
});

test('settings that change an answer', async (t) => {
  const img = base64(await blankJpeg());
  const rows: [sentence: string, options: Options, expected: object][] = [
    ['counter as an integer', { trialsRemainingType: 'integer' }, { trials_remaining: 2 }],
    ['counter as a string', {}, { trials_remaining: '2' }],
    ['the two-key form', { unprocessableBody: 'short' }, { message: contactSupport, error_code: 5009 }],
    [
      'code and text of a row',
      { errors: { CARD_NOT_FOUND: { code: 5123, en: 'No card' } } },
      { message: 'No card', error_code: 5123 },
    ],
  ];
  for (const [sentence, options, expected] of rows) {
    const simulator = await startSimulator(t, options);
    const { text } = await simulator.crop(await simulator.token(), { bundle_key: bundleKey, img });
    t.match(JSON.parse(text), expected, sentence);
    if (options.unprocessableBody) t.same(JSON.parse(text), expected, 'and nothing else');
  }
});

test('lang translates 422 messages, and only those', async (t) => {
  const simulator = await startSimulator(t, { trials: 20 });
  const token = await simulator.token();
  const img = base64(await blankJpeg());
  const message = async (lang: string | undefined) => {
    const { text } = await simulator.crop(token, { bundle_key: bundleKey, img, lang });
    return (JSON.parse(text) as { message: string }).message;
  };
  const arabic = /^[\u0600-\u06ff .،]+techsupport@valify\.me$/;
  t.match(await message('ar'), arabic);
  for (const lang of ['en', undefined, 'AR', 'fr', ''])
    t.equal(await message(lang), contactSupport, `lang ${lang}`);
  const refused = await simulator.crop(token, { bundle_key: 'unknown', img, lang: 'ar' });
  t.match(refused.text, 'Unauthorized – your Bundle key is invalid');
});

test('transaction ids come from the seed, the token and the number of the call', async (t) => {
  const draw = async () => {
    const simulator = await startSimulator(t, { seed: 'same' });
    const [first, second] = [await simulator.token(), await simulator.token()];
    const id = async (token: string) =>
      (
        JSON.parse((await simulator.crop(token, { bundle_key: bundleKey, img: unreadableJpeg })).text) as {
          transaction_id: string;
        }
      ).transaction_id;
    return { first, second, id };
  };
  const one = await draw();
  const [a1, b1, a2] = [await one.id(one.first), await one.id(one.second), await one.id(one.first)];
  const two = await draw();
  const [b1Again, a1Again, a2Again] = [
    await two.id(two.second),
    await two.id(two.first),
    await two.id(two.first),
  ];
  t.same([a1Again, a2Again, b1Again], [a1, a2, b1], 'whatever the order of the calls');
  t.equal(new Set([a1, a2, b1]).size, 3);
});
