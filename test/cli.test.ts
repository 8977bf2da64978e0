import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { type Test, test } from 'tap';
import { parse } from 'yaml';
import { readServerFlags } from '../src/commands/healthcheck.js';
import { reachableHost } from '../src/commands/reachable-host.js';
import { settingNames, settings } from '../src/config/settings.js';
import { packageJson } from '../src/package-root.js';
import { fixture } from '../src/photos/fixtures.js';
import { builtCommand } from './support/built-command.js';
import { runCommand, startCommand } from './support/command.js';
import { control } from './support/control.js';
import { startSimulator } from './support/simulator.js';
import { until } from './support/until.js';

function folder(t: Test): string {
  const path = mkdtempSync(join(tmpdir(), 'cli-'));
  t.teardown(() => rmSync(path, { recursive: true }));
  return path;
}

test('--help and --version', async (t) => {
  const help = await runCommand(['--help']);
  t.equal(help.status, 0);
  for (const command of [
    'serve',
    'healthcheck',
    'openapi',
    'detect',
    'crop',
    'magic-card',
    'scene',
    'completion',
  ])
    t.match(help.stdout, `  ${command} `);
  const serve = await runCommand(['serve', '--help']);
  for (const name of settingNames.filter((name) => settings[name].reach !== 'file'))
    t.match(serve.stdout, ` --${name} `);
  t.match(await runCommand(['--version']), { status: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});

test('a command line that cannot be carried out: status 2, and where to look', async (t) => {
  const lines: [line: string[], hint?: RegExp][] = [
    [['--prot', '1'], /Did you mean --port\?/],
    [['crop', 'x.jpg'], /--output .* --out-dir/],
    [['crop', 'x.jpg', '-o', 'y.jpg', '--out-dir', 'z'], /cannot be used with/],
    [['detect', 'x.jpg', '--output-quality', '9'], /unknown option/],
    [['nonsense']],
    [['sevre'], /unknown command 'sevre'\n\(Did you mean serve\?\)/],
    [['--port', '0', 'sevre']],
  ];
  for (const [line, hint = /error/] of lines) {
    const { status, stdout, stderr } = await runCommand(line);
    t.same([status, stdout], [2, ''], line.join(' '));
    t.match(stderr, /^error: [\s\S]*--help/);
    t.match(stderr, hint);
  }
});

test('each command lists the settings that apply to it, and says what its exit status means', async (t) => {
  const rows: [command: string, settings: RegExp, none: RegExp][] = [
    ['detect', /--max-pixels .*--min-confidence /s, /--output|--port/],
    ['crop', /--max-pixels .*--output-quality /s, /--port/],
    ['healthcheck', /--host .*--port .*--tls /s, /--trials|--max-pixels|--log-level/],
  ];
  for (const [command, listed, none] of rows) {
    const { stdout } = await runCommand([command, '--help']);
    t.match(stdout, listed);
    t.notMatch(stdout, none);
  }
  t.match((await runCommand(['--help'])).stdout, /Exit status: 0 .* 1 .* 2 /);
});

/** A check gives up after two seconds, and a busy machine may need longer for the first worker, or for an answer. */
const becomesHealthy = (url: string, flags: readonly string[], env = {}) =>
  until('it is healthy, and says so', async () => {
    const { status, stdout } = await runCommand(['healthcheck', ...flags], { env });
    return status === 0 && stdout === `${url}/readyz is ready\n`;
  });

test('serve prints what a newcomer needs: the printed lines, run by a shell, give a card', async (t) => {
  const { url, output } = await startCommand(t);
  await becomesHealthy(url, ['--port', new URL(url).port]);
  for (const word of [
    'demo-client',
    'demo-secret',
    '00000000000000000000000000000000',
    'demo-hmac-key',
    '/docs',
  ])
    t.match(output.stdout, word);
  const script = output.stdout.slice(output.stdout.indexOf('try it:') + 'try it:'.length);
  const cwd = folder(t);
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd });
  const { format, width = 0, height = 0 } = await sharp(join(cwd, 'card.jpg')).metadata();
  t.equal(format, 'jpeg');
  t.ok(Math.abs(width / height - 85.6 / 53.98) < 0.05, `${width} × ${height}: a card's proportion`);
});

test('serve does not print credentials of other accounts', async (t) => {
  const file = join(folder(t), 'settings.yaml');
  writeFileSync(
    file,
    'accounts: [{ username: u, password: secret-1, client_id: c, client_secret: secret-2, bundles: [{ bundle_key: secret-3, hmac_key: secret-4 }] }]',
  );
  const { output } = await startCommand(t, ['--config', file]);
  t.notMatch(output.stdout + output.stderr, /secret-|demo/);
});

test('serve reads its config file again when it changes, and passes over a bad one', async (t) => {
  const file = join(folder(t), 'settings.yaml');
  writeFileSync(file, 'trials: 3\n');
  const { url, output } = await startCommand(t, ['--config', file]);
  t.match(output.stdout, `control API ${url}/__mock, in a browser the inspector`);
  const trials = async () =>
    (await control<{ values: { trials: number } }>(url, 'GET', '/settings')).values.trials;
  writeFileSync(file, 'trials: 5\n');
  await until('5', async () => (await trials()) === 5);
  writeFileSync(file, 'trials: few\n');
  await until('the problem stands in the log', () => output.stderr.includes('trials must be integer'));
  t.equal(await trials(), 5);
});

test('over HTTPS the printed lines work too, and the server is found healthy', async (t) => {
  const { url, output } = await startCommand(t, ['--tls', 'self-signed']);
  t.match(url, /^https:/);
  const script = output.stdout.slice(output.stdout.indexOf('try it:') + 'try it:'.length);
  t.notMatch(script, '/fixtures/', 'no file of this machine, which may be a container');
  const cwd = folder(t);
  await becomesHealthy(url, ['--port', new URL(url).port, '--tls', 'self-signed']);
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd });
  t.equal((await sharp(join(cwd, 'card.jpg')).metadata()).format, 'jpeg');
});

test('a reader who has seen enough ends the command', async (t) => {
  const line = `unset NODE_OPTIONS; ${JSON.stringify(process.execPath)} ${JSON.stringify(builtCommand)} openapi --control | head -1`;
  const { stdout, stderr } = await promisify(execFile)('bash', ['-o', 'pipefail', '-c', line]);
  t.match([stdout, stderr], [/^openapi/, '']);
});

test('a server outlives the reader of its log, and a disk that is full', async (t) => {
  for (const format of ['json', 'pretty']) {
    for (const log of existsSync('/dev/full') ? ['a reader', '/dev/full'] : ['a reader']) {
      const target = log === 'a reader' ? 'pipe' : openSync(log, 'w');
      const args = [
        '-u',
        'NODE_OPTIONS',
        process.execPath,
        builtCommand,
        'serve',
        '--port',
        '0',
        '--log-format',
        format,
      ];
      const child = spawn('env', args, { stdio: ['ignore', 'pipe', target] });
      t.teardown(() => child.kill('SIGKILL'));
      child.stderr?.destroy();
      let greeting = '';
      child.stdout!.on('data', (chunk) => {
        greeting += chunk;
      });
      await until('the greeting', () => greeting.includes('try it') || child.exitCode !== null);
      const [url] = /http:\S+\d/.exec(greeting) ?? [];
      for (const _ of [1, 2, 3]) {
        const status = await fetch(`${url}/nowhere`).then((answer) => answer.status, String);
        t.equal(status, 404, `${log}, ${format}`);
      }
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      t.same(await ended, [0, null], 'and ends as it should');
    }
  }
});

test('a server for all interfaces has no control API unless told so', async (t) => {
  const { url, output } = await startCommand(t, ['--host', '0.0.0.0']);
  t.match(output.stdout, 'control API off');
  t.equal((await fetch(`${url}/__mock/scenarios`)).status, 404);
});

test('healthcheck asks the server that its flags or its environment name', async (t) => {
  const { url } = await startSimulator(t, {}, { warmUp: true });
  const { port } = new URL(url);
  await until('ready', async () => (await fetch(`${url}/readyz`)).ok);
  await becomesHealthy(url, ['--port', port]);
  await becomesHealthy(url, [], { ID_CROPPER_PORT: port, ID_CROPPER_HOST: '0.0.0.0' });
  const nobody = await runCommand(['healthcheck', '--port', '1']);
  t.match(nobody, { status: 1, stdout: '', stderr: /127\.0\.0\.1:1\/readyz does not answer/ });
  t.match(await runCommand(['healthcheck', '--port', 'x']), { status: 2 });
});

test('the flags of the server, out of a command line', async (t) => {
  const rows: [sentence: string, words: string[], flags: object][] = [
    [
      'as in the image',
      [
        'node',
        '--disable-sigusr1',
        '--max-semi-space-size=4',
        '/app/dist/cli.js',
        'serve',
        '--port',
        '8080',
        '',
      ],
      { port: '8080' },
    ],
    ['without an option of Node', ['node', 'dist/cli.js', 'serve', '--port', '8080', ''], { port: '8080' }],
    ['without the word serve', ['node', '/app/dist/cli.js', '--host', '::', ''], { host: '::' }],
    ['by the name of the package', ['/usr/bin/valify-id-cropper-simulator', '--port=1'], { port: '1' }],
    ['behind an init', ['/sbin/docker-init', '--', 'node', 'dist/cli.js', '--port', '2'], { port: '2' }],
    ['with flags that it has not', ['node', 'cli.js', '--unknown', '--port', '3'], { port: '3' }],
    ['with a file', ['node', 'cli.js', '--config', 'x.yaml'], { config: 'x.yaml' }],
    ['of another program', ['node', 'server.js', '--port', '4'], {}],
    ['of none', [], {}],
  ];
  for (const [sentence, words, flags] of rows) t.match(readServerFlags(words), flags, sentence);
  t.same(readServerFlags(['sleep', 'infinity']), {});
});

test('hosts to type', async (t) => {
  const rows = {
    '0.0.0.0': '127.0.0.1',
    '::': '[::1]',
    '::1': '[::1]',
    '10.0.0.1': '10.0.0.1',
    localhost: 'localhost',
  };
  for (const [host, expected] of Object.entries(rows)) t.equal(reachableHost(host), expected);
});

test('openapi prints the document, and ends', async (t) => {
  const { status, stdout, stderr } = await runCommand(['openapi']);
  t.same([status, stderr], [0, '']);
  t.match(parse(stdout), { openapi: /^3\.1/, paths: { '/api/v1/id_cropper_register': { post: Object } } });
});

test('detect: a line per file, whatever the files are', async (t) => {
  const debug = join(folder(t), 'debug.png');
  const { path: card } = fixture('rotated');
  const files = ['/nowhere.jpg', fixture('truncated').path, card, fixture('no-card').path];
  const { status, stdout, stderr } = await runCommand(['detect', ...files, '--debug', debug]);
  t.equal(status, 1, 'not every file could be examined');
  t.match(stderr, /^\/nowhere\.jpg: ENOENT/);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const point = [Number, Number];
  t.match(lines, [
    { file: files[0], corners: null, confidence: 0, fault: 'file-unreadable', ms: Number },
    { file: files[1], corners: null, confidence: 0, fault: 'image-unreadable', ms: Number },
    { file: card, corners: [point, point, point, point], confidence: Number, ms: Number },
    { file: files[3], corners: null, confidence: Number, ms: Number },
  ]);
  t.same(Object.keys(lines[2]), ['file', 'corners', 'confidence', 'ms']);
  t.equal((await sharp(debug).metadata()).format, 'png');
  for (const [corner, [x, y]] of fixture('rotated').corners!.entries()) {
    const [foundX, foundY] = lines[2].corners[corner];
    t.ok(Math.hypot(foundX - x, foundY - y) < 16, '1 % of the diagonal');
  }
});

test('detect: no card is an answer, and settings of photos apply', async (t) => {
  const { path } = fixture('no-card');
  t.match(await runCommand(['detect', path]), { status: 0 });
  t.match(await runCommand(['detect', path, '--max-pixels', '1000']), {
    status: 1,
    stdout: /image-too-large/,
  });
});
