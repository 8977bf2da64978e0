import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/config.js';
import { settings } from '../../src/config/settings.js';
import { packageRoot } from '../../src/package-root.js';
import { findLast, readStages } from './dockerfile.js';

interface Service {
  readonly build?: string;
  readonly image: string;
  readonly ports?: readonly string[];
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly command?: readonly string[];
}

const document = parse(readFileSync(join(packageRoot, 'compose.yaml'), 'utf8')) as {
  services: Record<'id-cropper' | 'example', Service>;
};
const { 'id-cropper': server, example } = document.services;

test('nothing that docker-compose 1.29 does not know', async (t) => {
  t.strictSame(Object.keys(document), ['services'], 'no name, no include');
  t.strictSame(Object.keys(document.services), ['id-cropper', 'example']);
});

test('both services run with as little as they need', async (t) => {
  for (const service of [server, example]) {
    t.equal(service.read_only, true);
    t.strictSame(service.cap_drop, ['ALL']);
    t.strictSame(service.security_opt, ['no-new-privileges:true']);
  }
});

test('the simulator is built here and reached from this machine only', async (t) => {
  t.equal(server.build, '.');
  const { default: port } = settings.port;
  t.strictSame(
    server.ports,
    [`127.0.0.1:\${PORT:-${port}}:${port}`],
    'another port, where that one is taken',
  );
  t.strictSame(server.environment, { ID_CROPPER_CONTROL: 'on' }, 'for this machine only');
  t.equal(loadConfig({ environment: server.environment! }).control, 'on');
});

test('the example waits for a healthy simulator and knows its address', async (t) => {
  t.strictSame(example.depends_on, { 'id-cropper': { condition: 'service_healthy' } });
  t.strictSame(example.environment, { VALIFY_URL: `http://id-cropper:${settings.port.default}` });
  t.equal(`${example.image} AS build`, findLast(readStages()[0]!, 'FROM'), 'no image beside the base');
});

test('what the example runs and reads is mounted', async (t) => {
  const mounts = (example.volumes ?? []).map((volume) => volume.split(':') as [string, string, string]);
  t.not(mounts.length, 0);
  for (const [, , mode] of mounts) t.equal(mode, 'ro');
  const [program, ...files] = example.command ?? [];
  t.equal(program, 'node');
  t.equal(files.length, 2);
  for (const file of files) {
    const [source, target] = mounts.find(([, mounted]) => file.startsWith(`${mounted}/`)) ?? ['', ''];
    t.ok(existsSync(join(packageRoot, source, file.slice(target.length))), file);
  }
});
