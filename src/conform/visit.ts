import { responseHmac, type SignedAnswer } from '../api/sign.js';
import { type CallName, type CallRow, callRow } from '../contract/calls.js';
import type { Answer } from '../contract/evidence.js';
import { compareWithPhoto } from '../photos/compare-crop.js';
import { Client, type Received, Stopped } from './client.js';
import type { Credentials } from './credentials.js';
import type { Plan } from './plan.js';
import { newToken, recordSpending, type Token } from './wallet.js';
import { knownPhotoOf, writeCall } from './write-call.js';

export interface VisitOptions {
  readonly target: string;
  readonly credentials: Credentials;
  readonly timeoutMs?: number;
  /** Beside the plan's own limit. */
  readonly maxCalls?: number;
  /** Milliseconds of a clock that answers are timed by; in real time otherwise. */
  readonly now?: () => number;
  /** Called before each call of the plan. */
  readonly onCall?: (name: CallName) => void;
}

export interface Visit {
  readonly evidence: ReadonlyMap<CallName, Answer>;
  /** Calls that were left out, and why. */
  readonly skipped: ReadonlyMap<CallName, string>;
  readonly made: { readonly calls: number; readonly tokens: number; readonly trials: number };
  /** Why it ended before its end. */
  readonly stopped: string | undefined;
}

/** Makes the calls of a plan, one after the other. */
export class Visitor {
  readonly #plan: Plan;
  readonly #options: VisitOptions;
  readonly #client: Client;
  readonly #evidence = new Map<CallName, Answer>();
  readonly #skipped = new Map<CallName, string>();
  #token: Token | undefined;
  #tokens = 0;
  #trials = 0;

  constructor(plan: Plan, options: VisitOptions) {
    const most = Math.min(plan.most.calls, options.maxCalls ?? plan.most.calls);
    this.#plan = plan;
    this.#options = options;
    this.#client = new Client(options.target, most, options.timeoutMs ?? 30_000, options.now);
  }

  /** What was seen until now is reported. */
  stop(reason: string): void {
    this.#client.stop(reason);
  }

  async run(): Promise<Visit> {
    const stopped = await this.#makeCalls();
    const made = { calls: this.#client.made, tokens: this.#tokens, trials: this.#trials };
    return { evidence: this.#evidence, skipped: this.#skipped, made, stopped };
  }

  async #makeCalls(): Promise<string | undefined> {
    for (const name of this.#plan.calls) {
      this.#options.onCall?.(name);
      try {
        await this.#make(name);
      } catch (error) {
        if (error instanceof Stopped) return `${name} (${callRow(name).asks}): ${error.message}`;
        throw error;
      }
    }
    return undefined;
  }

  async #make(name: CallName): Promise<void> {
    const row = callRow(name);
    if (name === 'login') return this.#logIn();
    await this.#prepareToken(row);
    if (row.exhausted && !(await this.#exhaust())) {
      this.#skipped.set(name, `the token still had ${this.#token?.left ?? 'some'} trials left`);
      return;
    }
    const answer = await this.#ask(row);
    if (name === 'card' && answer.status === 401)
      throw new Stopped('the bundle key is refused: see the credentials');
    this.#evidence.set(name, answer);
  }

  async #prepareToken({ fresh, spends, exhausted }: CallRow): Promise<void> {
    const token = this.#token;
    if (token === undefined) return;
    const first = this.#evidence.get('card');
    const hasTrials = first === undefined || first.status === 200;
    if (fresh ? token.used > 0 : spends && !exhausted && hasTrials && token.left === 0) await this.#logIn();
  }

  /** @returns whether the token has no trials now */
  async #exhaust(): Promise<boolean> {
    const token = this.#token!;
    for (let i = 0; i < this.#plan.fillers && (token.left ?? 0) > 0; i++) await this.#ask(callRow('broken'));
    return (token.left ?? 0) <= 0;
  }

  /** The first card says how many are left after it. */
  #trialsOfTokens(): number | undefined {
    const card = this.#evidence.get('card');
    const counter = (card?.json as { trials_remaining?: unknown } | undefined)?.trials_remaining;
    if (card === undefined || counter === undefined) return undefined;
    return card.status === 200 ? Number(counter) + 1 : 0;
  }

  async #logIn(): Promise<void> {
    const answer = await this.#ask(callRow('login'));
    this.#tokens += 1;
    const { access_token: value } = (answer.json ?? {}) as { access_token?: unknown };
    if (typeof value !== 'string')
      throw new Stopped(`the login was answered ${answer.status}, without a token: see the credentials`);
    this.#token = newToken(value, this.#trialsOfTokens());
    if (!this.#evidence.has('login')) this.#evidence.set('login', answer);
  }

  async #ask(row: CallRow): Promise<Answer> {
    const token = this.#token;
    const path = row.path ?? `${row.doubled ? '/' : ''}${this.#cropperPath()}`;
    const sent = await writeCall(row, path, this.#options.credentials, token?.value ?? '');
    const received = await this.#client.send(sent);
    if (received.status >= 500)
      throw new Stopped(`answered ${received.status}: the server fails; ask again later`);
    const json = parse(received.text);
    if (token !== undefined && (row.token === 'ours' || row.token === 'in Authentication')) token.used += 1;
    if (row.spends && token !== undefined) this.#count(token, received, json);
    const facts = { ...received, json, nth: token?.spending ?? 0, bytesSent: Buffer.byteLength(sent.body) };
    return this.#addPicture(row, facts);
  }

  #count(token: Token, received: Received, json: unknown): void {
    recordSpending(token, received, json);
    if (received.status === 200 || received.status === 422) this.#trials += 1;
  }

  async #addPicture(row: CallRow, answer: Answer): Promise<Answer> {
    const { status, json } = answer;
    const known = status === 200 ? await knownPhotoOf(row) : undefined;
    if (known === undefined) return answer;
    const img = (json as { data?: { img?: unknown } } | undefined)?.data?.img;
    const bytes = Buffer.from(String(img), 'base64');
    const picture = await compareWithPhoto(bytes, known).catch(() => undefined);
    return { ...answer, ...(picture && { picture }), ...this.#hmacOf(answer, json) };
  }

  #hmacOf({ headers }: Answer, json: unknown): Pick<Answer, 'hmac'> {
    const { hmac_key: key } = this.#options.credentials;
    if (headers.hmac === undefined) return { hmac: 'absent' };
    if (key === undefined) return {};
    return { hmac: headers.hmac === responseHmac(json as SignedAnswer, key) ? 'right' : 'wrong' };
  }

  /** The first that is there. @throws {Stopped} where there is none */
  #cropperPath(): string {
    const probes = ['path-headline', 'path-headline-slash', 'path-sample', 'path-sample-slash'] as const;
    const found = probes.find((name) => {
      const status = this.#evidence.get(name)?.status;
      return status !== undefined && status !== 404 && !(status >= 300 && status < 400);
    });
    if (found === undefined)
      throw new Stopped('the cropper is at none of its paths: is this the address of the API?');
    return callRow(found).path!;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
