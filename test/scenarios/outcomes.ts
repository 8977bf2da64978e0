import type { Test } from 'tap';
import type { ScenarioName } from '../../src/scenarios/catalogue.js';
import { contactSupport, documented } from '../support/bodies.js';
import type { Observed } from '../support/observe.js';

/** What the client has to see of each scenario, written here a second time on purpose. */
type Check = (t: Test, seen: Observed) => void;

const status =
  (code: number, body?: string, headers: object = {}): Check =>
  (t, { answer }) => {
    t.equal(answer?.status, code, 'status');
    if (body !== undefined) t.equal(answer?.text, body, 'body');
    t.match(answer?.headers, { 'content-type': 'application/json', ...headers });
  };

const unprocessable =
  (code: number, message = contactSupport): Check =>
  (t, { answer }) => {
    t.equal(answer?.status, 422);
    t.match(JSON.parse(answer!.text), {
      message,
      error_code: code,
      transaction_id: /^[0-9a-f]{8}-/,
      trials_remaining: '2',
    });
  };

const proxy =
  (code: number, headers: object = {}): Check =>
  (t, { answer }) => {
    t.equal(answer?.status, code);
    t.match(answer?.headers, { 'content-type': 'text/html', ...headers });
    t.match(answer?.text, new RegExp(`^<html>[^]*<h1>${code} [^]*nginx`));
  };

const good: Check = (t, { answer }) => {
  t.equal(answer?.status, 200);
  t.match(JSON.parse(answer!.text), { data: { img: /^\/9j/ }, trials_remaining: '2' });
};

const later =
  (ms: number): Check =>
  (t, seen) => {
    good(t, seen);
    t.ok(seen.firstByteMs >= ms, `first byte after ${Math.round(seen.firstByteMs)} ms, at least ${ms}`);
  };

const signed = (answer: Observed['answer']) => String(answer?.headers.hmac);

/** `delayMs`: the least that a slow answer waits with the parameters that the test gives, or with the row's own. */
export const outcomes = (delayMs: Readonly<Record<string, number>>, realSignature: string) =>
  ({
    ok: good,
    'bad-request': status(400, documented[400]),
    'invalid-bundle-key': status(401, documented[401]),
    'token-expired': status(403, documented[403]),
    'trials-exhausted': status(403, documented[403]),
    'not-found': status(404, documented[404]),
    'too-large': status(413, documented[413]),
    'unsupported-media-type': status(415, documented[415]),
    'no-card': unprocessable(5009),
    'image-unreadable': unprocessable(5009),
    'image-too-small': unprocessable(5009),
    'image-too-large': unprocessable(5009),
    unprocessable: unprocessable(5015),
    'server-error': status(500, documented[500]),
    'worker-dies': status(500, documented[500]),
    busy: status(503, documented[503], { 'retry-after': '1' }),
    error: status(500, documented[500]),
    'rate-limited': proxy(429, { 'retry-after': '30' }),
    'bad-gateway': proxy(502),
    'service-unavailable': proxy(503),
    'gateway-timeout': proxy(504),
    slow: later(delayMs.slow!),
    'slow-uniform': later(delayMs['slow-uniform']!),
    'slow-log-normal': later(delayMs['slow-log-normal']!),
    'time-out': (t, { end, received, ms }) => {
      t.equal(received, '');
      t.ok(end === 'quiet' || ms >= 45, `${end} after ${Math.round(ms)} ms`);
    },
    'connection-reset': (t, { end, received }) => t.same([end, received], ['reset', '']),
    'empty-reply': (t, { end, received }) => t.same([end, received], ['closed', '']),
    'cut-body': (t, { answer, received }) => {
      t.equal(answer?.status, 200);
      const promised = Number(answer?.headers['content-length']);
      const got = received.length - received.indexOf('\r\n\r\n') - 4;
      t.equal(got, Math.floor(promised / 2), `${got} of ${promised} bytes`);
    },
    'garbled-json': (t, { answer }) => {
      t.equal(answer?.status, 200);
      t.equal(answer!.text.length, Number(answer?.headers['content-length']), 'all of it');
      t.throws(() => JSON.parse(answer!.text));
    },
    'slow-dribble': (t, seen) => {
      good(t, seen);
      t.ok(seen.pieces > 5, `${seen.pieces} pieces`);
    },
    'bad-signature': (t, seen) => {
      good(t, seen);
      t.match(signed(seen.answer), /^[0-9a-f]{128}$/);
      t.not(signed(seen.answer), realSignature);
    },
  }) satisfies Record<ScenarioName, Check> as Record<ScenarioName, Check>;
