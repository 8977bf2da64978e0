import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { packageRoot } from '../../src/package-root.js';
import { emptyFolder, filesIn, install, pack } from '../support/packed.js';
import { runProgram } from '../support/program.js';

/** What a user gets: the tarball, installed into an empty folder. */

const name = 'valify-id-cropper-simulator';
/** Of this machine's npm and its configuration, and no fault of what is installed. */
const ofNpmItself = /^npm (warn Unknown|notice)/;

test('installed with everything', async (t) => {
  const folder = emptyFolder(t);
  const { output, packages, megabytes } = await install(folder, [await pack(folder)], ['--engine-strict']);
  t.strictSame(
    output.filter((line) => line.startsWith('npm ') && !ofNpmItself.test(line)),
    [],
    'npm warns of nothing',
  );
  t.ok(packages.length <= 40, `${packages.length} packages`);
  t.ok(megabytes <= 80, `${megabytes.toFixed()} MB`);
  t.notMatch(packages.join('\n'), /cmake|node-gyp|axios/, 'no build tool');
  await t.test('the doors', (t) => testDoors(t, folder));
  await t.test('the command', (t) => testCommand(t, folder));
  await t.test('the types', (t) => testTypes(t, folder));
  await t.test('the files', async (t) => testFiles(t, join(folder, 'node_modules', name)));
});

test('installed without scripts and optional packages', async (t) => {
  const folder = emptyFolder(t);
  await install(folder, [await pack(folder)], ['--ignore-scripts', '--omit=optional']);
  await testCommand(t, folder);
});

async function testDoors(t: Test, folder: string): Promise<void> {
  const program = `
    const required = require('${name}');
    import('${name}').then((imported) => {
      const { default: _none, 'module.exports': _all, ...names } = imported;
      console.log(Object.keys(names).every((name) => names[name] === required[name]), Object.keys(names).length > 10);
      console.log(required.fixture('card-on-table').width);
    });`;
  const { stdout } = await runProgram(['--eval', program], { cwd: folder });
  t.equal(stdout, 'true true\n1280\n', 'both lead to the same');
}

async function testCommand(t: Test, folder: string): Promise<void> {
  const installed = join(folder, 'node_modules', name);
  const program = `
    const { createServer } = require('${name}');
    const { setTimeout: pause } = require('node:timers/promises');
    const server = createServer({ logLevel: 'silent', workers: 1 });
    server.listen({ port: 0 }).then(async (url) => {
      while (!(await fetch(url + '/readyz')).ok) await pause(20);
      for (const path of ['/livez', '/docs/', '/docs/static/swagger-ui-bundle.js', '/docs/json']) {
        console.log((await fetch(url + path)).status);
      }
      const page = await fetch(url + '/', { headers: { accept: 'text/html' } });
      const [, script] = /src="([^"]+)"/.exec(await page.text());
      console.log(page.url === url + '/__mock/', (await fetch(url + script)).status);
      await server.close();
    });`;
  const served = await runProgram(['--eval', program], { cwd: folder });
  t.equal(
    served.stdout,
    '200\n200\n200\n200\ntrue 200\n',
    'a server answers, with its documentation and its inspector',
  );
  const photo = join(installed, 'fixtures/photos/card-on-table.jpg');
  const detected = await runProgram([join(installed, 'dist/cli.js'), 'detect', photo], { cwd: folder });
  t.ok(JSON.parse(detected.stdout).corners, 'and finds a card');
}

/** Users of each kind of module, who check their libraries' types too. */
const consumers = {
  'esm.mts': `import { type JournalEntry, startMock } from '${name}';`,
  'commonjs.cts': `import { type JournalEntry, startMock } from '${name}';`,
};

const usage = `
const status = (entry: JournalEntry): number | null => entry.status;
// @ts-expect-error: there is no such setting
startMock({ port: 0, trials: 3, nonsense: true });
// @ts-expect-error: a number
startMock({ port: 'x' });
startMock().then(async (mock) => console.log((await mock.requests()).map(status), await mock.settings.get()));
`;

async function testTypes(t: Test, folder: string): Promise<void> {
  for (const [file, line] of Object.entries(consumers))
    writeFileSync(join(folder, file), `${line}\n${usage}`);
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: 'es2023',
    lib: ['es2023', 'esnext.disposable'],
    module: 'node20',
    types: ['node'],
    typeRoots: [join(packageRoot, 'node_modules/@types')],
  };
  const config = { compilerOptions: options, files: Object.keys(consumers) };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiled = await runProgram([
    join(packageRoot, 'node_modules/typescript/bin/tsc'),
    '-p',
    folder,
  ]).catch((error) => error);
  t.equal(compiled.stdout, '');
}

function testFiles(t: Test, folder: string): void {
  const files = filesIn(folder);
  t.strictSame(
    files.filter((file) => file.endsWith('.map')),
    [],
    'no source maps',
  );
  const scripts = files.filter((file) => /[.](js|mjs)$/.test(file) && !file.includes('/docs-page/'));
  t.strictSame(
    scripts.filter((file) => /^\/\/# sourceMappingURL/m.test(readFileSync(file, 'utf8'))),
    [],
    'nor their addresses',
  );
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path!);
  t.not(links.length, 0);
  t.strictSame(
    links.filter((path) => !existsSync(join(folder, path))),
    [],
    'the links of the README lead somewhere',
  );
  t.match(
    readFileSync(join(folder, 'dist/inspector/THIRD-PARTY-LICENSES'), 'utf8'),
    /^preact /m,
    'the licences of what the inspector is made with',
  );
  const licences = readFileSync(join(folder, 'dist/THIRD-PARTY-LICENSES'), 'utf8');
  for (const bundled of ['fastify', 'typebox', '@julusian/jpeg-turbo', 'libjpeg-turbo', 'swagger-ui']) {
    t.match(licences, new RegExp(`^${bundled}( |$)`, 'm'), `the licence of ${bundled}`);
  }
}
