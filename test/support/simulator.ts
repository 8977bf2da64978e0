import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import { type Clock, createClock } from '../../src/clock.js';
import type { Options } from '../../src/config/config.js';
import { demoAccount } from '../../src/config/settings.js';
import { createServer, type Surroundings } from '../../src/server.js';
import { send, type WireAnswer, type WireRequest } from './wire.js';

export const bundleKey = demoAccount.bundles[0].bundle_key;
export const cropperPath = '/api/v1/id_cropper_register';
export const tokenPath = '/api/o/token/';

export const passwordGrant: Readonly<Record<string, string>> = {
  grant_type: 'password',
  username: demoAccount.username,
  password: demoAccount.password,
  client_id: demoAccount.client_id,
  client_secret: demoAccount.client_secret,
};

export interface LogLine {
  readonly status?: number;
  readonly rule?: string;
  readonly reason?: string;
  readonly [key: string]: unknown;
}

/**
 * A real server on a free port, with a clock that the test moves and a log that it reads. Ends with the test.
 * Most tests ask it for a crop or none: it loads OpenCV when the first crop needs it. `warmUp`: right away, as a server does.
 */
export async function startSimulator(
  t: Test,
  options: Options = {},
  { warmUp = false, ...surroundings }: Pick<Surroundings, 'warmUp' | 'holdAnswer'> = {},
) {
  const clock: Clock = createClock();
  const logText: string[] = [];
  const app = createServer(
    { seed: 'test', ...sharedState(), ...options },
    { clock, logStream: { write: (line) => logText.push(line) }, warmUp, ...surroundings },
  );
  t.teardown(() => app.close());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  const exchange = (request: WireRequest) => send(url, request);
  const token = async (fields: Readonly<Record<string, string>> = passwordGrant): Promise<string> => {
    const answer = await exchange({
      path: tokenPath,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
    return (JSON.parse(answer.text) as { access_token: string }).access_token;
  };
  const crop = (accessToken: string, body: object, path = cropperPath): Promise<WireAnswer> =>
    exchange({ path, headers: cropHeaders(accessToken), body: JSON.stringify(body) });

  return {
    app,
    url,
    clock,
    exchange,
    token,
    crop,
    logText: () => logText.join(''),
    /** Lines about requests, oldest first. */
    log: () =>
      logText.map((line) => JSON.parse(line) as LogLine).filter(({ status }) => status !== undefined),
  };
}

/** `npm run check:redis` has the tests run once more on a server of state, each simulator with a part of its own. */
function sharedState(): Options {
  const url = process.env.TEST_STATE;
  return url === undefined ? {} : { state: `${url}?prefix=${randomUUID()}` };
}

export const cropHeaders = (accessToken: string) => ({
  'content-type': 'application/json',
  authorization: `Bearer ${accessToken}`,
});
