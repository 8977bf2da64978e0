import { test } from 'tap';
import { documented } from '../support/bodies.js';
import { bundleKey, cropperPath, startSimulator } from '../support/simulator.js';

const json = { 'content-type': 'application/json' };
/** A body that gets past stations 4 to 6 and stops at station 7, where no photo is needed. */
const body = JSON.stringify({ bundle_key: 'unknown', img: 'AAAA' });

test('station 4: what counts as JSON', async (t) => {
  const simulator = await startSimulator(t);
  const authorization = `Bearer ${await simulator.token()}`;
  const rows: [contentType: string | undefined, status: number][] = [
    ['application/json', 401],
    ['Application/JSON', 401],
    ['application/json; charset=utf-8', 401],
    ['application/json;charset=whatever', 401],
    [undefined, 415],
    ['', 415],
    ['text/plain', 415],
    ['text/json', 415],
    ['application/vnd.api+json', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/jsonx', 415],
    ['nonsense', 415],
  ];
  for (const [contentType, status] of rows) {
    const headers = { authorization, ...(contentType === undefined ? {} : { 'content-type': contentType }) };
    const answer = await simulator.exchange({ path: cropperPath, headers, body });
    t.equal(answer.status, status, `content type ${contentType}`);
  }
  const chunked = { authorization, 'transfer-encoding': 'chunked' };
  t.equal(
    (await simulator.exchange({ path: cropperPath, headers: chunked, body })).status,
    415,
    'chunked without a type',
  );
  const bare = await simulator.exchange({ path: cropperPath, headers: { authorization } });
  t.equal(bare.status, 400, 'no body needs no type: 400 for the missing body');
});

test('station 5: where the token may stand, and how', async (t) => {
  const simulator = await startSimulator(t);
  const token = await simulator.token();
  const rows: [headers: Record<string, string>, status: number, sentence: string][] = [
    [{ authorization: `Bearer ${token}` }, 401, 'as documented'],
    [{ authorization: `bearer ${token}` }, 401, 'the scheme in lower case'],
    [{ authorization: `BEARER   ${token}  ` }, 401, 'white space around the token'],
    [{ authentication: `Bearer ${token}` }, 401, "Authentication, as the vendor's table has it"],
    [{ authorization: 'Bearer wrong', authentication: `Bearer ${token}` }, 403, 'Authorization wins'],
    [{}, 403, 'no header'],
    [{ authorization: '' }, 403, 'an empty header'],
    [{ authorization: token }, 403, 'no scheme'],
    [{ authorization: 'Bearer' }, 403, 'no token'],
    [{ authorization: `Token ${token}` }, 403, 'another scheme'],
    [{ authorization: `Bearer ${token} x` }, 403, 'more than a token'],
    [{ authorization: `Bearer ${token.toLowerCase()}` }, 403, 'tokens differ by case'],
    [{ authorization: 'Bearer __proto__' }, 403, 'a name that objects have'],
  ];
  for (const [headers, status, sentence] of rows) {
    const answer = await simulator.exchange({ path: cropperPath, headers: { ...json, ...headers }, body });
    t.equal(answer.status, status, sentence);
    t.equal(answer.text, documented[status as 401 | 403]);
  }
});

test('the setting strict-authorization refuses the header Authentication', async (t) => {
  const simulator = await startSimulator(t, { strictAuthorization: true });
  const headers = { ...json, authentication: `Bearer ${await simulator.token()}` };
  t.equal((await simulator.exchange({ path: cropperPath, headers, body })).status, 403);
});

test('a bad token is refused before a body that never comes', async (t) => {
  const simulator = await startSimulator(t);
  const headers = { ...json, 'content-length': '1000000' };
  const answer = await simulator.exchange({ path: cropperPath, headers, withholdBody: true });
  t.equal(answer.text, documented[403]);
});

test('station 7: whose bundle, with which services', async (t) => {
  const account = (name: string, bundle_key: string, services?: string[]) => ({
    username: name,
    password: name,
    client_id: name,
    client_secret: name,
    bundles: [{ bundle_key, hmac_key: name, ...(services ? { services } : {}) }],
  });
  const simulator = await startSimulator(t, {
    accounts: [account('alice', 'a-bundle'), account('bob', 'b-bundle', ['other_service'])],
  });
  const login = (name: string) =>
    simulator.token({
      grant_type: 'password',
      username: name,
      password: name,
      client_id: name,
      client_secret: name,
    });
  const rows: [user: string, bundle: string, status: number, reason: string][] = [
    ['alice', 'a-bundle', 415, 'img is not base64'],
    ['alice', 'nobody', 401, 'bundle key unknown'],
    ['alice', bundleKey, 401, 'bundle key unknown'],
    ['alice', 'b-bundle', 401, 'bundle key of another account'],
    ['bob', 'b-bundle', 401, 'bundle without the service id_cropper'],
    ['alice', '__proto__', 401, 'bundle key unknown'],
  ];
  for (const [user, bundle_key, status, reason] of rows) {
    const answer = await simulator.crop(await login(user), { bundle_key, img: '?' });
    t.equal(answer.status, status, `${user} with ${bundle_key}`);
    t.match(simulator.log().at(-1), { status, reason });
  }
});
