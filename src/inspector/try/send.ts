import { callAfter, lastId, newToken, toBase64 } from '../call/replay.js';

const cropPath = '/api/v1/id_cropper_register';

export interface Attempt {
  readonly username: string;
  readonly bundleKey: string;
  /** Empty: a new one. */
  readonly token: string;
  readonly scenario: string;
  readonly lang: 'en' | 'ar';
  readonly photo: Blob;
}

export interface Outcome {
  /** Null where the connection ended without an answer. */
  readonly status: number | null;
  readonly ms: number;
  readonly text: string;
  readonly hmac: string | null;
  /** The crop, as a `data:` address. */
  readonly crop: string | undefined;
  /** Of the journal. */
  readonly id: number | undefined;
}

/** One call of the API, over HTTP as any client's. */
export async function sendPhoto(attempt: Attempt): Promise<Outcome> {
  const token = attempt.token || (await newToken(attempt.username));
  const img = await toBase64(attempt.photo);
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
  };
  if (attempt.scenario !== '') headers['x-mock-scenario'] = attempt.scenario;
  const body = JSON.stringify({ bundle_key: attempt.bundleKey, lang: attempt.lang, img });
  const before = await lastId();
  const startedMs = performance.now();
  const answer = await fetch(cropPath, { method: 'POST', headers, body }).catch(() => undefined);
  const text = (await answer?.text().catch(() => '')) ?? '';
  const ms = performance.now() - startedMs;
  const id = await callAfter(before, cropPath);
  const { shown, crop } = readAnswer(text, answer?.headers.get('content-type') ?? '');
  return {
    status: answer?.status ?? null,
    ms,
    text: shown,
    hmac: answer?.headers.get('hmac') ?? null,
    crop,
    id,
  };
}

/** Nobody reads the base64 of a picture: the picture is shown beside it. */
function readAnswer(text: string, type: string): { shown: string; crop: string | undefined } {
  if (!type.includes('json')) return { shown: text, crop: undefined };
  try {
    const json = JSON.parse(text);
    const img: unknown = json.data?.img;
    if (typeof img !== 'string') return { shown: JSON.stringify(json, null, 2), crop: undefined };
    const shortened = {
      ...json,
      data: { ...json.data, img: `${img.slice(0, 24)}… (${img.length} characters)` },
    };
    const kind = img.startsWith('iVBOR') ? 'png' : img.startsWith('UklGR') ? 'webp' : 'jpeg';
    return { shown: JSON.stringify(shortened, null, 2), crop: `data:image/${kind};base64,${img}` };
  } catch {
    return { shown: text, crop: undefined };
  }
}
