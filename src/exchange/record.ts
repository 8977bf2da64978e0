import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formatTime } from '../clock.js';
import type { InspectedCrop } from '../cropper/crop-worker.js';
import type { JournalEntry } from '../journal/entry.js';
import type { NewEntry } from '../journal/journal.js';
import { redactFields, redactHeaders } from '../journal/redact.js';
import { formatScenario } from '../scenarios/scenario.js';
import type { Candidate, ImageFormat } from '../vision/types.js';
import type { Context } from './context.js';
import type { End } from './follow.js';
import { isOwn, pathOf, servesControl } from './paths.js';

/** Longer answers are not kept. */
const longestAnswer = 8192;

/** Station 12 of docs/architecture.md: a journal entry for every request but those to this server's own pages, however it ends. */
export function recordExchanges(app: FastifyInstance, context: Context): void {
  app.addHook('onSend', (request, _reply, payload: unknown, done) => {
    if (isRemembered(request, context)) request.exchange.answerBody = readAnswer(payload);
    done();
  });
  app.exchangeEnds.push((request, reply, end) => {
    if (!isRemembered(request, context)) return;
    const { photo, result } = request.exchange;
    const crop = result?.fault === undefined ? result : undefined;
    const { config, journal } = context;
    const places = {
      photo: photo?.place,
      crop: crop && config.journalPictures ? journal.keep(crop.image) : undefined,
    };
    const entry = describe(request, reply, end, context);
    const { beside } = request.exchange;
    if (beside === undefined) journal.add(entry, places);
    else void beside.then((facts) => journal.add({ ...entry, ...facts }, places));
  });
}

/** Where there is no control API, nobody could read it. */
const isRemembered = (request: FastifyRequest, { config }: Context) =>
  config.journal && servesControl(config) && !isOwn(request) && !request.exchange.isRelayed;

/** To be called while the bytes are there: the cropper takes them away. */
export function notePhoto(request: FastifyRequest, photo: Photo, context: Context): void {
  if (!isRemembered(request, context)) return;
  const place = context.config.journalPictures ? context.journal.keep(photo.bytes) : undefined;
  const { bytes, format, sha256 = hash(bytes) } = photo;
  request.exchange.photo = { format, length: bytes.length, sha256, place };
}

interface Photo {
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
  readonly sha256?: string;
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function describe(request: FastifyRequest, reply: FastifyReply, end: End, { clocks }: Context): NewEntry {
  const { exchange } = request;
  const { call, refusal, choice, trial, result } = exchange;
  const broken = end.how === 'broken' ? end : undefined;
  return {
    at: formatTime(clocks.server.now()),
    endpoint: exchange.endpoint,
    account: call?.username ?? null,
    method: request.method,
    path: pathOf(request.url),
    requestHeaders: redactHeaders(request.headers),
    requestBody: describeBody(request),
    ended: end.how,
    status: broken?.status ?? (end.how === 'answered' ? reply.statusCode : null),
    answerHeaders: end.how === 'answered' ? redactHeaders(reply.getHeaders()) : {},
    answerBody: end.how === 'answered' ? exchange.answerBody : null,
    station: exchange.station,
    rule: broken?.rule ?? refusal?.rule ?? null,
    reason: broken?.reason ?? refusal?.reason ?? null,
    note: exchange.note ?? null,
    scenario: choice?.done
      ? { name: choice.scenario.name, text: formatScenario(choice.scenario), chosenBy: choice.by }
      : null,
    call: call?.n ?? null,
    transactionId: trial?.transactionId ?? null,
    trialsRemaining: trial?.remaining ?? null,
    photo: describePhoto(request),
    crop: describeCrop(result),
    confidence: result?.confidence ?? null,
    candidates: result?.candidates?.map(describeCandidate) ?? null,
    timings: result?.timings === undefined ? null : roundAll(result.timings),
    ms: roundTenth(reply.elapsedTime),
    upstream: null,
    drift: null,
  };
}

/** In whole pixels: they are looked at, not measured. */
const describeCandidate = ({ quad, source, score }: Candidate) => ({
  corners: quad.map(([x, y]) => [Math.round(x), Math.round(y)] as const),
  source,
  score: Math.round(score * 1000) / 1000,
});

const roundTenth = (value: number) => Math.round(value * 10) / 10;

const roundAll = (timings: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(timings).map(([stage, ms]) => [stage, roundTenth(ms)]));

function describeBody({ body, exchange }: FastifyRequest): JournalEntry['requestBody'] {
  if (body instanceof Map) return redactFields(body);
  if (typeof body !== 'object' || body === null) return null;
  return redactFields(Object.entries(exchange.photo ? { ...body, img: 'see photo' } : body));
}

/** The journal itself says at each look what it still has. */
const unknownYet = { kept: false };

function describePhoto({ exchange: { photo, result } }: FastifyRequest): JournalEntry['photo'] {
  if (photo === undefined) return null;
  const { format, length, sha256: hash } = photo;
  const { width = null, height = null } = result?.photo ?? {};
  return { format, bytes: length, sha256: hash, width, height, ...unknownYet };
}

function describeCrop(result: InspectedCrop | undefined): JournalEntry['crop'] {
  if (result === undefined || result.fault !== undefined) return null;
  const { format, image, width, height, corners, code = null, sha256 = '' } = result;
  const tenths = corners.map(([x, y]) => [roundTenth(x), roundTenth(y)] as const);
  const facts = { format, bytes: image.length, sha256, width, height, ...unknownYet };
  return { ...facts, corners: tenths, code };
}

/** The crop is the first of its answer's fields; what stands after it is short. It is looked for, not parsed: it may be 10 MB. */
const beforeCrop = '{"data":{"img":"';

function withoutCrop(payload: string | Buffer): string | Buffer {
  if (typeof payload !== 'string' || !payload.startsWith(beforeCrop)) return payload;
  const end = payload.indexOf('"', beforeCrop.length);
  return `${beforeCrop}see crop${payload.slice(end)}`;
}

/** The fields of a JSON answer; of a crop only what stands around the picture. */
function readAnswer(payload: unknown): JournalEntry['answerBody'] {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return null;
  const text = withoutCrop(payload);
  if (text.length > longestAnswer) return null;
  try {
    const answer = JSON.parse(String(text));
    const { data } = answer;
    if (data === undefined) return redactFields(Object.entries(answer));
    return { data, ...redactFields(Object.entries(answer).filter(([name]) => name !== 'data')) };
  } catch {
    return null;
  }
}
