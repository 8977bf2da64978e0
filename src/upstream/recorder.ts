import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { collectBody } from '../api/collect.js';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import type { Exchange } from '../exchange/exchange.js';
import { leadsNowhere, pathOf } from '../exchange/paths.js';
import type { Drift, JournalEntry } from '../journal/entry.js';
import { describeTheirs, scrub, toAnswers } from './answers.js';
import { compareAnswers } from './compare.js';
import { bearerOf, type Disguised, secretsOf } from './disguise.js';
import { createDriftBook, type DriftBook } from './drift-book.js';
import { forward, type Theirs, textOf } from './forward.js';
import { callsLike, identify, troubleOf } from './identify.js';
import { createLedger } from './ledger.js';
import { createNames } from './names.js';
import type { Recorded } from './recorded.js';
import { differenceOfTrials, takeCounter } from './trials.js';

type Facts = Pick<JournalEntry, 'upstream' | 'drift'>;

/** By which a request of this server's own is known to be one; made up at the start, so that no client knows it. */
const markHeader = `x-beside-${randomUUID()}`;

export interface Recorder {
  readonly upstream: string;
  readonly book: DriftBook;
  /** Once all that has been answered has been compared. */
  settled(): Promise<void>;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Where the setting `upstream` names one. */
    readonly recorder: Recorder | null;
  }
}

/** Every call in the vendor's namespace goes to the setting `upstream`, if there is one. */
export function recordUpstream(app: FastifyInstance, context: Context): void {
  const { upstream } = context.config;
  app.decorate('recorder', upstream === undefined ? null : record(app, context, upstream));
}

/**
 * A call is passed on, and its answer returned as it came. Then this server answers the same call under other names (`names.ts`), and the two
 * are compared: nobody waits for that.
 */
function record(app: FastifyInstance, context: Context, upstream: string): Recorder {
  const book = createDriftBook();
  const ledger = createLedger();
  const names = createNames(context, ledger);
  const own = new Map<string, (exchange: Exchange) => void>();
  let heldBytes = 0;
  let queue: Promise<void> = Promise.resolve();

  app.addHook('onListen', async () => {
    const text = 'calls under /api/ go on to the upstream as they come, with their credentials and photos';
    app.log.warn({ upstream }, text);
  });
  app.addHook('onRequest', async (request, reply) => {
    const begin = own.get(String(request.headers[markHeader]));
    delete request.headers[markHeader];
    if (begin !== undefined) begin(request.exchange);
    else if (isVendors(request)) await relay(request, reply);
  });

  async function relay(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { method, url, headers, raw, exchange } = request;
    const body = await readBody(request, reply, context.config.bodyLimit);
    exchange.endpoint = endpointOf(request);
    const end = ledger.begin(bearerOf(headers));
    let overlaps = false;
    const whenGone = (give: () => void) =>
      reply.raw.once('close', () => reply.raw.writableFinished || give());
    const theirs = await forward(upstream, raw, body, whenGone).finally(() => {
      overlaps = end();
    });
    exchange.isRelayed = true;
    send(reply, theirs);
    const text = textOf(theirs) ?? '';
    enqueue({ method, url, headers, body, endpoint: exchange.endpoint, theirs, text, overlaps });
  }

  /** One after the other, in the order of the answers: a login has to be known before its token is used. */
  function enqueue(recorded: Recorded): void {
    const bytes = recorded.body.length + recorded.theirs.body.length;
    if (heldBytes + bytes > context.config.maxQueueBytes) {
      book.pass('too many at once');
      return;
    }
    heldBytes += bytes;
    queue = queue
      .then(() => examine(recorded))
      .catch((error) => {
        book.pass('it failed: see the log');
        app.log.error({ err: error }, 'a call could not be compared');
      })
      .finally(() => {
        heldBytes -= bytes;
      });
  }

  async function examine(recorded: Recorded): Promise<void> {
    const disguised = await names.disguise(recorded);
    if (typeof disguised === 'string') return book.pass(disguised);
    let finish: (facts: Facts) => void = () => {};
    const beside = new Promise<Facts>((resolve) => {
      finish = resolve;
    });
    let facts: Facts = { upstream: null, drift: null };
    try {
      facts = await compare(recorded, disguised, beside);
    } finally {
      finish(facts);
    }
    if (facts.drift !== null) tell(recorded, facts.drift);
  }

  async function compare(recorded: Recorded, disguised: Disguised, beside: Promise<Facts>): Promise<Facts> {
    const { ours, exchange } = await askOwn(recorded, disguised, beside);
    const [mine, other] = await toAnswers(ours, recorded, context.config);
    const identified = identify(recorded, exchange);
    const pair = ledger.find(bearerOf(recorded.headers) ?? '');
    const trials = differenceOfTrials(pair, recorded, ours.text);
    if (recorded.endpoint === 'token' && recorded.theirs.status === 200)
      await names.learnLogin(recorded, ours.text);
    if (recorded.endpoint === 'crop' && pair !== undefined) takeCounter(pair, recorded);
    const trouble = troubleOf(identified, recorded.theirs.status);
    if (trouble !== undefined) book.pass(trouble);
    const found = compareAnswers(callsLike(identified, recorded.theirs.status), mine, other);
    const drift = scrub([...found, ...(trials ? [trials] : [])], secretsOf(recorded.headers, recorded.body));
    return { upstream: describeTheirs(recorded, other.picture), drift: trouble === undefined ? drift : null };
  }

  async function askOwn({ method, url }: Recorded, { headers, body }: Disguised, beside: Promise<Facts>) {
    const mark = randomUUID();
    let exchange: Exchange | undefined;
    own.set(mark, (its) => {
      exchange = its;
      its.beside = beside;
    });
    try {
      const answer = await app.inject({
        method: method as 'POST',
        url,
        headers: { ...(headers as Record<string, string>), [markHeader]: mark },
        ...(body.length > 0 && { payload: body }),
      });
      const { statusCode: status, payload: text } = answer;
      return { ours: { status, headers: answer.headers as Record<string, string>, text }, exchange };
    } finally {
      own.delete(mark);
    }
  }

  function tell({ method, url, theirs }: Recorded, drift: readonly Drift[]): void {
    book.add(drift);
    if (drift.length === 0) return;
    const rows = drift.map(({ row }) => row);
    app.log.warn({ method, path: pathOf(url), answered: theirs.status, drift: rows }, 'the upstream differs');
  }

  return { upstream, book, settled: () => queue };
}

/** The vendor's namespace: nothing else is ever passed on. */
const isVendors = ({ url }: FastifyRequest) => /^\/+api(\/|$)/.test(pathOf(url));

function endpointOf({ routeOptions: { url } }: FastifyRequest): Exchange['endpoint'] {
  if (leadsNowhere(url)) return 'other';
  return url.startsWith('/api/o/') ? 'token' : 'crop';
}

/** @throws {VendorError} `ENTITY_TOO_LARGE`: what this server would not read is not passed on */
async function readBody(
  { raw, headers }: FastifyRequest,
  reply: FastifyReply,
  limit: number,
): Promise<Buffer> {
  if (Number(headers['content-length'] ?? 0) > limit)
    throw vendorError('ENTITY_TOO_LARGE', `declared length over ${limit} bytes; it was not passed on`);
  if (headers.expect?.toLowerCase() === '100-continue') reply.raw.writeContinue();
  return Buffer.from((await collectBody(raw, limit, () => {})).buffer);
}

/** Past all hooks: as it came. */
function send(reply: FastifyReply, { status, reason, rawHeaders, headers, body }: Theirs): void {
  reply.hijack();
  reply.code(status);
  const hasBody = status !== 204 && status !== 304;
  const length = reply.request.method === 'HEAD' ? headers['content-length'] : String(body.length);
  const more = hasBody && length !== undefined ? ['Content-Length', length] : [];
  reply.raw.writeHead(status, reason, [...rawHeaders, ...more]);
  reply.raw.end(hasBody ? body : undefined);
}
