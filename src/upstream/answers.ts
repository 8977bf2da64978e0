import { responseHmac, type SignedAnswer } from '../api/sign.js';
import type { Config } from '../config/config.js';
import type { Answer, PictureFacts } from '../contract/evidence.js';
import type { Drift, JournalEntry } from '../journal/entry.js';
import { redactFields, redactHeaders } from '../journal/redact.js';
import { compareCrop } from '../photos/compare-crop.js';
import { bundleKeyIn } from './disguise.js';
import { membersOfText, type Recorded } from './recorded.js';

/** An answer of this server's, as its own client would have got it. */
export interface Ours {
  readonly status: number;
  readonly headers: Answer['headers'];
  readonly text: string;
}

/** Both as the contract looks at them; each picture beside ours, which stands for the ideal. */
export async function toAnswers(
  ours: Ours,
  recorded: Recorded,
  { accounts }: Config,
): Promise<[ours: Answer, theirs: Answer]> {
  const { theirs, text } = recorded;
  const key = accounts
    .flatMap(({ bundles }) => bundles)
    .find((bundle) => bundle.key === bundleKeyIn(recorded.body))?.hmacKey;
  const other: Ours = { status: theirs.status, headers: theirs.headers as Answer['headers'], text };
  return Promise.all([toAnswer(ours, ours, undefined), toAnswer(other, ours, key)]);
}

async function toAnswer(answer: Ours, ours: Ours, key: string | undefined): Promise<Answer> {
  const json: unknown = parse(answer.text);
  const [its, ideal] = [pictureIn(answer), pictureIn(ours)];
  const picture = its && (await compareCrop(its, ideal ?? its).catch(() => undefined));
  return { ...answer, json, nth: 1, hmac: judgeHmac(answer, json, key), ...(picture && { picture }) };
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

function pictureIn({ status, text }: Ours): Buffer | undefined {
  const { img } = (membersOfText(text).data ?? {}) as { img?: unknown };
  return status === 200 && typeof img === 'string' ? Buffer.from(img, 'base64') : undefined;
}

/** Without the key of the bundle, by its form alone. */
function judgeHmac(
  { headers: { hmac } }: Ours,
  json: unknown,
  key: string | undefined,
): Answer['hmac'] & string {
  if (hmac === undefined) return 'absent';
  const isRight =
    key === undefined ? /^[0-9a-f]{128}$/.test(hmac) : hmac === responseHmac(json as SignedAnswer, key);
  return isRight ? 'right' : 'wrong';
}

/** What the journal keeps of their answer. */
export function describeTheirs(
  { theirs, text }: Recorded,
  picture: PictureFacts | undefined,
): JournalEntry['upstream'] {
  const { data, ...others } = membersOfText(text);
  const isJson = text.trimStart().startsWith('{');
  return {
    status: theirs.status,
    headers: redactHeaders(theirs.headers),
    body: isJson
      ? {
          ...(data === undefined ? {} : { data: { img: 'see crop' } }),
          ...redactFields(Object.entries(others)),
        }
      : null,
    crop: picture ? sizesOf(picture) : null,
    ms: Math.round(theirs.ms),
  };
}

const sizesOf = ({ format, width, height, bytes, sha256 }: PictureFacts) => ({
  format,
  width,
  height,
  bytes,
  sha256,
});

/** Without what an answer repeats of the request's secrets. */
export function scrub(drift: readonly Drift[], secrets: readonly string[]): Drift[] {
  const text = secrets.reduce(
    (rest, secret) => rest.replaceAll(JSON.stringify(secret).slice(1, -1), '…'),
    JSON.stringify(drift.map(({ ours, theirs }) => [ours, theirs])),
  );
  const values = JSON.parse(text) as [unknown, unknown][];
  return drift.map(({ row }, i) => ({ row, ours: values[i]![0], theirs: values[i]![1] }));
}
