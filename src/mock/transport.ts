import { once } from 'node:events';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { URL, URLSearchParams } from 'node:url';
import type { Static } from 'typebox';
import type { problemSchema } from '../control/problem.js';
import { controlPrefix } from '../exchange/paths.js';
import { clearTimeout, setTimeout } from '../real-time.js';
import { MockError } from './error.js';

export interface Call {
  readonly query?: object;
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

export interface TransportOptions {
  readonly token: string | undefined;
  readonly timeoutMs: number;
}

/** Longer than this, and Node's timers do not wait at all. */
const longestMs = 2 ** 31 - 1;

/** A call that has not ended yet. It can be ended early, with a reason for whoever made it. */
class Exchange {
  #request: ClientRequest | undefined;
  reason: MockError | undefined;

  begin(request: ClientRequest): ClientRequest {
    this.#request = request;
    request.on('error', () => {}); // Whoever waits for the answer, or reads it, is told.
    return request;
  }

  end(detail: string): void {
    this.reason ??= new MockError(null, detail);
    this.#request?.destroy(this.reason);
  }
}

/**
 * HTTP to the control API: JSON in and out, an end to every call, and problems as `MockError`s. By Node's own client, as `fetch`,
 * `AbortSignal` and the timers of a test's environment may be a window's, or fakes.
 */
export class Transport {
  readonly url: string;
  readonly #options: TransportOptions;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #client: typeof http | typeof https;
  readonly #agent: http.Agent;
  readonly #open = new Set<Exchange>();
  #closed = false;

  constructor(url: string, options: TransportOptions) {
    this.url = url.replace(/\/+$/, '');
    this.#options = options;
    this.#headers = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
    this.#client = /^https:/i.test(url) ? https : http;
    this.#agent = new this.#client.Agent({ keepAlive: true });
  }

  /** @throws {MockError} */
  call<Answer>(method: string, path: string, call: Call = {}): Promise<Answer> {
    return this.#run(method, path, call, async (answer) => {
      const text = String(await bytesOf(answer));
      return (text === '' ? undefined : JSON.parse(text)) as Answer;
    });
  }

  /** @throws {MockError} */
  bytes(path: string): Promise<Buffer> {
    return this.#run('GET', path, {}, bytesOf);
  }

  /**
   * An answer without an end: what it says, and a way to leave. The time limit holds for its beginning only.
   * @throws {MockError}
   */
  async stream(path: string, query: object): Promise<{ text: AsyncIterable<string>; stop: () => void }> {
    const exchange = this.#begin();
    const begin = () => this.#send('GET', path, { query }, exchange);
    const answer = await this.#limit(exchange, this.#options.timeoutMs, `GET ${path}`, begin).catch(
      (error) => {
        this.#open.delete(exchange);
        throw error;
      },
    );
    const stop = () => {
      this.#open.delete(exchange);
      exchange.end('the stream was stopped');
    };
    return { text: untilEnded(answer, exchange), stop };
  }

  /** Ends what is under way; there are no calls after this. */
  close(): void {
    this.#closed = true;
    for (const exchange of this.#open) exchange.end('the client was closed');
    this.#open.clear();
    this.#agent.destroy();
  }

  async #run<Answer>(
    method: string,
    path: string,
    call: Call,
    read: (answer: IncomingMessage) => Promise<Answer>,
  ): Promise<Answer> {
    const exchange = this.#begin();
    const work = async () => read(await this.#send(method, path, call, exchange));
    try {
      return await this.#limit(
        exchange,
        call.timeoutMs ?? this.#options.timeoutMs,
        `${method} ${path}`,
        work,
      );
    } finally {
      this.#open.delete(exchange);
    }
  }

  #begin(): Exchange {
    if (this.#closed) throw new MockError(null, 'the client was closed');
    const exchange = new Exchange();
    this.#open.add(exchange);
    return exchange;
  }

  async #limit<Result>(
    exchange: Exchange,
    timeoutMs: number,
    what: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const late = () => exchange.end(`${what}: no answer from ${this.url} within ${timeoutMs} ms`);
    const timer = setTimeout(late, Math.min(timeoutMs, longestMs));
    try {
      return await work();
    } catch (error) {
      if (error instanceof MockError) throw error;
      if (exchange.reason !== undefined) throw exchange.reason;
      const detail = `${what}: no answer from ${this.url}: ${describe(error as Error)}`;
      throw new MockError(null, detail, [], { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  async #send(
    method: string,
    path: string,
    { query, body }: Call,
    exchange: Exchange,
  ): Promise<IncomingMessage> {
    const url = `${this.url}${controlPrefix}${path}${writeQuery(query)}`;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const type = text === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { ...this.#headers, ...type, 'content-length': Buffer.byteLength(text ?? '') };
    const options = { method, headers, agent: this.#agent };
    const request = exchange.begin(this.#client.request(new URL(url), options));
    request.end(text);
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    if (answer.statusCode! < 300) return answer;
    throw await readProblem(answer, `${method} ${this.url}${controlPrefix}${path}`);
  }
}

async function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function* untilEnded(answer: IncomingMessage, exchange: Exchange): AsyncGenerator<string> {
  try {
    yield* answer.setEncoding('utf8');
  } catch (error) {
    if (exchange.reason === undefined) throw error;
  }
}

/** Where a name has several addresses, the error of all of them says nothing but its code. */
const describe = ({ message, code }: Error & { code?: string }): string => message || String(code);

function writeQuery(query: object = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)]));
  return given.length === 0 ? '' : `?${text}`;
}

async function readProblem(answer: IncomingMessage, what: string): Promise<MockError> {
  const text = String(await bytesOf(answer));
  const status = answer.statusCode!;
  if (!answer.headers['content-type']?.startsWith('application/problem+json')) {
    const hint = 'is the control API on there? See the settings control and control-token';
    return new MockError(status, `${what}: ${status} ${text.slice(0, 200)}; ${hint}`);
  }
  const { detail, problems } = JSON.parse(text) as Static<typeof problemSchema>;
  return new MockError(status, detail, problems);
}
