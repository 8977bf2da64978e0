import type { AddressInfo } from 'node:net';
import closeWithGrace from 'close-with-grace';
import { type Config, configPath, servesTls } from '../config/config.js';
import { openConfig } from '../config/live-config.js';
import { watchConfig } from '../config/reload.js';
import { demoAccount } from '../config/settings.js';
import { controlPrefix, docsPrefix, examplePhotoPath, servesControl } from '../exchange/paths.js';
import { placesForPhones } from '../http/lan-addresses.js';
import { packageJson } from '../package-root.js';
import { setImmediate } from '../real-time.js';
import { assemble } from '../server.js';
import { writeDrift } from './drift-text.js';
import { type Flags, sourcesOfFlags } from './options.js';
import { reachableHost } from './reachable-host.js';

/**
 * Serves until a signal asks it to end: requests in flight are finished, and the process ends with 0. An error that nobody has caught is
 * logged and ends it in the same way, with 1: what it has left behind in memory is not known.
 */
export async function serve(flags: Flags): Promise<void> {
  const sources = sourcesOfFlags(flags);
  const live = openConfig(sources);
  const config = live.current;
  // Lines of the log go to standard error, so that standard output holds what a person or a script wants to read.
  let isStuck = false;
  const onStuck = () => {
    isStuck = true;
  };
  const app = assemble(live, { logStream: process.stderr, onStuck });
  const path = configPath(sources);
  if (path) {
    const endWatch = watchConfig(path, live, app.log);
    app.addHook('onClose', async () => endWatch());
  }
  endWithGrace(app, async () => {
    await app.recorder?.settled();
    if (app.recorder) process.stdout.write(writeDrift(app.recorder.upstream, app.recorder.book.count()));
    await app.close();
    if (!isStuck) return;
    await new Promise<void>((resolve) => setImmediate(resolve)); // for the last lines of the log
    killProcess();
  });
  await app.listen({ host: config.host, port: config.port }).catch(advise);
  console.log(greeting(config, app.server.address() as AddressInfo));
}

/** What a first start meets most often. */
function advise(error: NodeJS.ErrnoException): never {
  if (error.code === 'EADDRINUSE') error.message += '; --port takes another one, --port 0 any that is free';
  throw error;
}

/** Of what close-with-grace listens to. The others are faults of native code, which no JavaScript outlives, or a debugger's. */
const passedOver: closeWithGrace.AllEvents[] = [
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGSEGV',
  'SIGUSR2',
  'beforeExit',
];

/** A second signal, or a second error, means now: the process ends with 1. `close` has limits of its own. */
function endWithGrace({ log }: ReturnType<typeof assemble>, close: () => Promise<void>): void {
  const report = (error: unknown) => log.fatal({ err: error }, 'nobody caught this error: the server ends');
  const options = { delay: false, logger: false, skip: passedOver, onSecondError: report } as const;
  closeWithGrace(options, async ({ err, signal }) => {
    if (signal === undefined) report(err);
    await close();
    if (signal === undefined) throw err; // whatever it is: a promise may be rejected with nothing
  });
}

/** The one way out that waits for no thread. Where the process is the first of a container nothing happens: that is for whoever started it. */
function killProcess(): void {
  process.kill(process.pid, 'SIGKILL');
}

function greeting(config: Config, address: AddressInfo): string {
  const at = (host: string) => `${servesTls(config) ? 'https' : 'http'}://${host}:${address.port}`;
  const url = at(reachableHost(address.address));
  const lines = [
    `${packageJson.name} ${packageJson.version} listens on ${url} (documentation: ${url}${docsPrefix})`,
    ...placesForPhones(address.address).map((host) => `on the local network, for a phone: ${at(host)}`),
    servesControl(config)
      ? `control API ${url}${controlPrefix}, in a browser the inspector: a page that shows every call`
      : 'control API off: it needs --control on, or a --control-token, or an address on loopback',
  ];
  if (config.upstream !== undefined) return [...lines, ...recordLines(url, config.upstream)].join('\n');
  return [...lines, ...(hasDemoAccount(config) ? demoLines(url) : [])].join('\n');
}

/** Whoever starts this has to know what leaves the machine. */
const recordLines = (url: string, upstream: string) => [
  '',
  `RECORDING: every call under ${url}/api/ is sent on to ${upstream} as it comes: your client's credentials, tokens, bundle keys and photos.`,
  `           Its answer goes to your client. This server answers the same call besides, under names of its own, and counts in what the two differ:`,
  `           ${url}${controlPrefix}/drift, and here at the end. Passwords, tokens and keys are kept nowhere; the last photos stay in memory,`,
  '           for the inspector, unless --journal-pictures false says no. Nothing is written to disk.',
];

const hasDemoAccount = (config: Config) =>
  config.accounts.some(
    ({ username, password }) => username === demoAccount.username && password === demoAccount.password,
  );

function demoLines(url: string): string[] {
  const { username, password, client_id, client_secret, bundles } = demoAccount;
  const curl = url.startsWith('https:') ? 'curl -sk' : 'curl -s';
  const form = `grant_type=password&username=${username}&password=${password}&client_id=${client_id}&client_secret=${client_secret}`;
  return [
    '',
    `demo account  username ${username}  password ${password}  client_id ${client_id}  client_secret ${client_secret}`,
    `              bundle_key ${bundles[0].bundle_key}  HMAC key ${bundles[0].hmac_key}`,
    '',
    'try it:',
    `  TOKEN=$(${curl} ${url}/api/o/token/ -d '${form}' | sed 's/.*"access_token": "\\([^"]*\\)".*/\\1/')`,
    `  (printf '{"bundle_key":"${bundles[0].bundle_key}","img":"'; ${curl} ${url}${examplePhotoPath} | base64 | tr -d '\\n'; printf '"}') |`,
    `    ${curl} ${url}/api/v1/id_cropper_register -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d @- |`,
    `    sed 's/.*"img":"\\([^"]*\\)".*/\\1/' | base64 -d > card.jpg`,
  ];
}
