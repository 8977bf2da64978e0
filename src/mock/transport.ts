import type { Static } from 'typebox';
import type { problemSchema } from '../control/problem.js';
import { controlPrefix } from '../exchange/paths.js';
import { MockError } from './error.js';

export interface Call {
  readonly query?: object;
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

/** HTTP to the control API: JSON in and out, an end to every call, and problems as `MockError`s. */
export class Transport {
  readonly url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #timeoutMs: number;
  readonly #open = new Set<AbortController>();
  #closed = false;

  constructor(url: string, token: string | undefined, timeoutMs: number) {
    this.url = url.replace(/\/+$/, '');
    this.#headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    this.#timeoutMs = timeoutMs;
  }

  /** @throws {MockError} */
  call<Answer>(method: string, path: string, call: Call = {}): Promise<Answer> {
    return this.#run(method, path, call, async (answer) => {
      const text = await answer.text();
      return (text === '' ? undefined : JSON.parse(text)) as Answer;
    });
  }

  /** @throws {MockError} */
  bytes(path: string): Promise<Buffer> {
    return this.#run('GET', path, {}, async (answer) => Buffer.from(await answer.arrayBuffer()));
  }

  /**
   * An answer without an end: what it says, and a way to leave. The time limit holds for its beginning only.
   * @throws {MockError}
   */
  async stream(path: string, query: object): Promise<{ text: AsyncIterable<string>; stop: () => void }> {
    const controller = this.#begin();
    const answer = await this.#limit(controller, this.#timeoutMs, `GET ${path}`, () =>
      this.#send('GET', path, { query }, controller.signal),
    ).catch((error) => {
      this.#open.delete(controller);
      throw error;
    });
    const stop = () => {
      this.#open.delete(controller);
      controller.abort(new MockError(null, 'the stream was stopped'));
    };
    return { text: untilAborted(answer, controller.signal), stop };
  }

  /** Ends what is under way; there are no calls after this. */
  close(): void {
    this.#closed = true;
    for (const controller of this.#open) controller.abort(new MockError(null, 'the client was closed'));
    this.#open.clear();
  }

  async #run<Answer>(
    method: string,
    path: string,
    call: Call,
    read: (answer: Response) => Promise<Answer>,
  ): Promise<Answer> {
    const controller = this.#begin();
    const work = async () => read(await this.#send(method, path, call, controller.signal));
    try {
      return await this.#limit(controller, call.timeoutMs ?? this.#timeoutMs, `${method} ${path}`, work);
    } finally {
      this.#open.delete(controller);
    }
  }

  #begin(): AbortController {
    if (this.#closed) throw new MockError(null, 'the client was closed');
    const controller = new AbortController();
    this.#open.add(controller);
    return controller;
  }

  async #limit<Result>(
    controller: AbortController,
    timeoutMs: number,
    what: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const late = () =>
      controller.abort(new MockError(null, `${what}: no answer from ${this.url} within ${timeoutMs} ms`));
    const timer = setTimeout(late, timeoutMs);
    try {
      return await work();
    } catch (error) {
      if (error instanceof MockError) throw error;
      const cause = (error as Error).cause ?? error;
      throw new MockError(null, `${what}: no answer from ${this.url}: ${String(cause)}`, [], {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  async #send(method: string, path: string, { query, body }: Call, signal: AbortSignal): Promise<Response> {
    const answer = await fetch(`${this.url}${controlPrefix}${path}${writeQuery(query)}`, {
      method,
      signal,
      headers: { ...this.#headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.ok) return answer;
    throw await readProblem(answer, `${method} ${this.url}${controlPrefix}${path}`);
  }
}

async function* untilAborted(answer: Response, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of answer.body ?? []) yield decoder.decode(chunk as Uint8Array, { stream: true });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function writeQuery(query: object = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)]));
  return given.length === 0 ? '' : `?${text}`;
}

async function readProblem(answer: Response, what: string): Promise<MockError> {
  const text = await answer.text();
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) {
    const hint = 'is the control API on there? See the settings control and control-token';
    return new MockError(answer.status, `${what}: ${answer.status} ${text.slice(0, 200)}; ${hint}`);
  }
  const { detail, problems } = JSON.parse(text) as Static<typeof problemSchema>;
  return new MockError(answer.status, detail, problems);
}
