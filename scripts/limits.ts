import { scratchPieces } from '../src/api/body.js';
import { formLimit } from '../src/api/form.js';
import { largeBody } from '../src/api/read-body.js';
import { type Setting, type SettingName, settings } from '../src/config/settings.js';
import { mostPixels, mostScenes } from '../src/control/scene-queue.js';
import { mostAtOnce } from '../src/exchange/follow.js';
import { keepAliveTimeoutMs } from '../src/http/http-server.js';
import { maxTokens } from '../src/state/memory/token-records.js';
import { mostFrames, mostPackedBytes, mostScansOfLargest } from '../src/vision/codec/work-limit.js';

/** What bounds what a client can ask for. `docs/limits.md` has it as a table; test/docs/limits.test.ts looks that nothing in it is gone. */
export interface Limit {
  readonly what: string;
  /** A setting, or a value that is fixed. */
  readonly value: SettingName | string;
  readonly beyond: string;
  /** With its arithmetic. */
  readonly why: string;
  /** Files that hold it. */
  readonly tests: readonly string[];
}

const MiB = 2 ** 20;
const asMiB = (bytes: number) => `${bytes / MiB} MiB`;

export const limits: readonly Limit[] = [
  {
    what: 'open connections',
    value: 'max-connections',
    beyond: 'closed without an answer',
    why: 'one with headers that are half sent holds 16 KiB of them and about 10 of its own: 2,000 are 52 MB',
    tests: ['test/http/limits.test.ts'],
  },
  {
    what: 'a connection at rest',
    value: `${keepAliveTimeoutMs / 1000} s, fixed`,
    beyond: 'closed',
    why: 'longer than the 60 s for which load balancers keep their end open, so that they close first',
    tests: ['test/http/shutdown.test.ts'],
  },
  {
    what: 'request line and headers',
    value: '16 KiB, fixed',
    beyond: '431',
    why: "Node's own; a token has 30 characters",
    tests: ['test/http/wire.test.ts'],
  },
  {
    what: 'a request that is half sent',
    value: 'request-timeout',
    beyond: '408',
    why: 'a 5 MB photo, 6.8 MB of base64, in a minute is 0.9 Mbit/s, a slow phone',
    tests: ['test/http/wire.test.ts'],
  },
  {
    what: 'answers of one connection in the making',
    value: `${mostAtOnce}, fixed`,
    beyond: 'the next request waits',
    why: '64 KB of requests hold 1,600 of /docs/json, whose answers nobody may read: 783 MB before there was a bound',
    tests: ['test/http/pipeline.test.ts'],
  },
  {
    what: 'a body',
    value: 'body-limit',
    beyond: '413',
    why: 'a phone photo of 50 megapixels has up to 14 MB, which are 19 in base64',
    tests: ['test/spec/body.test.ts', 'test/spec/order-of-checks.test.ts'],
  },
  {
    what: 'the form of a token request',
    value: `${formLimit / 1024} KiB, fixed`,
    beyond: '413',
    why: 'five short fields',
    tests: ['test/spec/token.test.ts'],
  },
  {
    what: 'members and elements of JSON',
    value: 'max-json-values',
    beyond: '400',
    why: 'three are needed; 1.5 million kept the parser busy for 5 s, 10,000 take 2 ms. Counted before it is parsed',
    tests: ['test/spec/body.test.ts'],
  },
  {
    what: 'levels of JSON',
    value: 'max-json-depth',
    beyond: '400',
    why: 'one is needed; the stock stack fails at about 1,000',
    tests: ['test/spec/body.test.ts'],
  },
  {
    what: 'a body read beside other requests',
    value: `${largeBody / 1024} KiB, fixed`,
    beyond: 'read in a thread of its own',
    why: 'decoding and hashing 300 KB take 0.25 ms, as much as the way to a thread and back',
    tests: ['test/spec/large-bodies.test.ts'],
  },
  {
    what: 'memory that is kept for smaller bodies and their photos',
    value: `${2 * scratchPieces} × ${largeBody / 1024} KiB, fixed`,
    beyond: 'a body takes memory of its own',
    why: 'taking 300 KB from the system for each body showed in profiles; taken as it is first needed',
    tests: ['test/spec/scratch.test.ts'],
  },
  {
    what: 'photos that wait, besides those that workers have',
    value: 'max-queue',
    beyond: '503, before the body is read',
    why: 'two workers crop 20 a second and more: 32 are gone in two seconds, and those who wait 10 have given up',
    tests: ['test/spec/room.test.ts', 'test/spec/trials.test.ts'],
  },
  {
    what: 'bytes of large bodies: arriving, waiting, being cropped',
    value: 'max-queue-bytes',
    beyond: '503, before the body is read',
    why: 'a server at rest has 175 MB, two crops of 12 megapixels take 160 and the journal 32 MiB; with 64 MiB that is 436 of the 512 MB that docs/docker.md recommends, and the rest is for what nobody has collected yet. 9 phone photos of 6.8 MB in base64',
    tests: ['test/spec/room.test.ts'],
  },
  {
    what: 'waiting for a worker',
    value: 'queue-timeout',
    beyond: '503',
    why: 'with crop-timeout less than the 30 s after which many clients give up',
    tests: ['test/cropper/turn.test.ts'],
  },
  {
    what: 'one crop',
    value: 'crop-timeout',
    beyond: '500',
    why: 'the slowest of 2,000 hostile pictures took 1.4 s',
    tests: ['test/cropper/turn.test.ts'],
  },
  {
    what: 'pixels of a photo',
    value: 'max-pixels',
    beyond: '422',
    why: '8192 × 8192; what each format takes for them stands in settings.md',
    tests: ['test/vision/codec/decode.test.ts', 'test/spec/pictures.test.ts'],
  },
  {
    what: 'scans of a JPEG',
    value: `${mostScansOfLargest} × max-pixels ÷ its pixels, fixed`,
    beyond: '422',
    why: 'each goes over all pixels, 1 ms a million: 1.1 s at most',
    tests: ['test/vision/codec/work-limit.test.ts'],
  },
  {
    what: 'frames of a WebP',
    value: `${mostFrames}, fixed`,
    beyond: '422',
    why: 'the decoder goes through all before it for each: 1,000 are 3 ms, 100,000 are 33 s',
    tests: ['test/vision/codec/work-limit.test.ts'],
  },
  {
    what: 'packed texts and profiles of a PNG',
    value: `${asMiB(mostPackedBytes)}, fixed`,
    beyond: '422',
    why: 'inflated to 1,032 bytes each, at 2 GB a second: 0.5 s',
    tests: ['test/vision/codec/work-limit.test.ts'],
  },
  {
    what: 'memory of the journal',
    value: 'journal-bytes',
    beyond: 'the oldest go',
    why: 'an eighth for 1,000 entries of 4 KB, the rest for some 250 photos of 110 KB',
    tests: ['test/journal/journal.test.ts'],
  },
  {
    what: 'entries of the journal',
    value: 'journal-entries',
    beyond: 'the oldest go',
    why: 'a file of tests makes some hundred calls',
    tests: ['test/journal/journal.test.ts'],
  },
  {
    what: 'tokens',
    value: `${maxTokens}, fixed`,
    beyond: 'the oldest are forgotten, and unknown from then on, whether or not they have expired',
    why: 'about 1 kB each: 20 MB. 20,000 logins within the ten minutes that a token lives are 33 a second',
    tests: ['test/state/memory-store.test.ts'],
  },
  {
    what: 'a scene that is drawn on request',
    value: `${mostPixels} pixels, fixed`,
    beyond: '422',
    why: '13 bytes and half a microsecond each: 220 MB and 8 s',
    tests: ['test/control/scenes.test.ts'],
  },
  {
    what: 'scenes that wait',
    value: `${mostScenes}, and four times those pixels, fixed`,
    beyond: '503',
    why: 'half a minute of work',
    tests: ['test/control/scenes.test.ts'],
  },
];

/** @returns the value by default, where a setting has it */
export const shownValue = ({ value }: Limit): string =>
  value in settings ? `\`${value}\`: ${describe(value as SettingName)}` : value;

function describe(name: SettingName): string {
  const { default: fallback }: Setting = settings[name];
  if (name.endsWith('-timeout')) return `${fallback} s`;
  if (typeof fallback === 'number' && /bytes|body/.test(name)) return asMiB(fallback);
  return String(fallback);
}
