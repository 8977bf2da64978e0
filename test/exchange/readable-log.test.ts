import { PassThrough } from 'node:stream';
import { test } from 'tap';
import { logAs, toReadable } from '../../src/exchange/readable-log.js';

const time = new Date(2026, 0, 2, 3, 4, 5, 67).getTime();
const plain = (_: unknown, text: string) => text;
const readable = (facts: object) =>
  toReadable(JSON.stringify({ level: 30, time, pid: 1, hostname: 'h', ...facts }), plain);

test('a line for people', async (t) => {
  const request = { method: 'POST', path: '/api/o/token/' };
  const rows: [sentence: string, facts: object, line: string][] = [
    ['an answer', { ...request, status: 200, ms: 7, msg: '200' }, 'POST /api/o/token/  200  7 ms'],
    [
      'a refusal',
      { ...request, status: 401, ms: 1, rule: 'BUNDLE_UNKNOWN', reason: 'no such bundle', msg: '401' },
      'POST /api/o/token/  401  1 ms  BUNDLE_UNKNOWN: no such bundle',
    ],
    [
      'what else is known',
      { ...request, aborted: true, ms: 9, msg: 'the client went away', user: 'demo', crop: { width: 3 } },
      'POST /api/o/token/  the client went away  9 ms  aborted=true  user=demo  crop={"width":3}',
    ],
    ['no request', { level: 40, msg: 'read again', changed: ['port'] }, 'WARN  read again  changed=["port"]'],
    [
      'an error',
      {
        level: 50,
        msg: '500',
        status: 500,
        err: { type: 'Error', message: 'm', stack: 'Error: m\n    at x' },
      },
      'ERROR  500\n    Error: m\n        at x',
    ],
    [
      'what would move the cursor',
      { msg: 'reason', reason: 'a\u001b[2Jb\u0007c\u009bd\r' },
      'reason  a\\u001b[2Jb\\u0007c\ufffdd\\r',
    ],
  ];
  for (const [sentence, facts, line] of rows) t.equal(readable(facts), `03:04:05.067  ${line}`, sentence);
});

test('who reads a log decides how it looks', async (t) => {
  const line = JSON.stringify({ level: 30, time, msg: '200', status: 200 });
  const rows: [format: 'auto' | 'json' | 'pretty', isTTY: boolean, isReadable: boolean][] = [
    ['auto', true, true],
    ['auto', false, false],
    ['pretty', false, true],
    ['json', true, false],
  ];
  for (const [format, isTTY, isReadable] of rows) {
    const stream = Object.assign(new PassThrough(), { isTTY, hasColors: () => false });
    logAs(format, stream).write(line);
    const sentence = `${format}, ${isTTY ? 'a terminal' : 'a pipe'}`;
    t.equal(String(stream.read()).includes('03:04:05'), isReadable, sentence);
  }
});
