import { once } from 'node:events';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { performance } from 'node:perf_hooks';
import { URL } from 'node:url';
import { clearTimeout, setTimeout } from '../real-time.js';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Received {
  /** From the first byte sent to the last received. */
  readonly ms: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** Ends a visit early, with a word to the person who began it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** One call after the other, never a redirect followed; counts, and makes no more than it may. */
export class Client {
  readonly #target: string;
  readonly #timeoutMs: number;
  readonly #most: number;
  #open: ClientRequest | undefined;
  #reason: Stopped | undefined;
  made = 0;

  readonly #now: () => number;

  constructor(target: string, most: number, timeoutMs: number, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#target = target.replace(/\/+$/, '');
    this.#most = most;
    this.#timeoutMs = timeoutMs;
  }

  /** From now on nothing is sent; what is under way is given up. */
  stop(reason: string): void {
    this.#reason ??= new Stopped(reason);
    this.#open?.destroy(this.#reason);
  }

  /** @throws {Stopped} */
  async send(sent: Sent): Promise<Received> {
    if (this.#reason !== undefined) throw this.#reason;
    if (this.made >= this.#most) throw new Stopped(`${this.#most} calls have been made, and no more may be`);
    this.made += 1;
    const timer = setTimeout(
      () => this.stop(`no answer within ${this.#timeoutMs / 1000} s`),
      this.#timeoutMs,
    );
    try {
      return await this.#exchange(sent);
    } catch (error) {
      throw this.#reason ?? new Stopped(`no answer: ${describe(error as Error)}`);
    } finally {
      clearTimeout(timer);
      this.#open = undefined;
    }
  }

  async #exchange({ method, path, headers, body }: Sent): Promise<Received> {
    const url = new URL(this.#target);
    const { request } = url.protocol === 'https:' ? https : http;
    const length = method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request({
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      method,
      path: `${url.pathname.replace(/\/$/, '')}${path}`,
      headers: { ...headers, ...length },
      agent: false,
    });
    this.#open = outgoing;
    const startedMs = this.#now();
    outgoing.end(method === 'GET' ? undefined : body);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return {
      status: answer.statusCode!,
      headers: answer.headers as Received['headers'],
      text: Buffer.concat(chunks).toString(),
      ms: this.#now() - startedMs,
    };
  }
}

const describe = ({ message, code }: Error & { code?: string }) => message || String(code);
