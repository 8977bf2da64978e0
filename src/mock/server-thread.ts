import { EventEmitter, once } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { ConfigError, type Options } from '../config/config.js';
import { openConfig } from '../config/live-config.js';
import { assemble } from '../server.js';

/** What `startMock` gives its thread. */
export interface ThreadData {
  readonly options: Options;
  /** Whether it is to say nothing until a worker is warm. */
  readonly warm: boolean;
}

/** What the thread says, once: where it listens, or why it does not. */
export type ThreadNews = { readonly url: string } | { readonly failure: Failure };

/** An error, for the other side: an instance would lose its class and all that is its own on the way. */
interface Failure {
  readonly message: string;
  readonly code: string | undefined;
  /** Of a `ConfigError`. */
  readonly problems: readonly string[] | undefined;
}

/** The server of `startMock`; this file is the entry of its thread. Whatever the other side says, it means that this is the end. */
async function serve(port: MessagePort, { options, warm }: ThreadData): Promise<string> {
  const live = openConfig({ options });
  const events = new EventEmitter();
  const warmed = once(events, 'warm');
  const app = assemble(live, { onWarm: () => events.emit('warm') });
  port.once('message', async () => {
    await app.close();
    process.exit(); // this thread alone
  });
  const url = await app.listen({ host: live.current.host, port: live.current.port });
  if (warm) await warmed;
  return url;
}

const describe = (error: Error & { code?: string }): Failure => ({
  message: error.message,
  code: error.code,
  problems: error instanceof ConfigError ? error.problems : undefined,
});

async function run(port: MessagePort): Promise<void> {
  const news: ThreadNews = await serve(port, workerData as ThreadData).then(
    (url) => ({ url }),
    (error) => ({ failure: describe(error) }),
  );
  port.postMessage(news);
}

if (parentPort !== null) void run(parentPort);
