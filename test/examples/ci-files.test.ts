import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'tap';
import { parse } from 'yaml';
import { settings } from '../../src/config/settings.js';
import { packageRoot } from '../../src/package-root.js';
import { findLast, readStages } from '../docker/dockerfile.js';

const folder = join(packageRoot, 'examples/ci');
const read = (name: string) => parse(readFileSync(join(folder, name), 'utf8'));

/** They can't be run here, for want of their services; what they say of the simulator is held to what it is. */
const jobs = {
  'compose.yaml': () => {
    const { 'id-cropper': server, tests } = read('compose.yaml').services;
    return { simulator: server.environment, url: tests.environment.VALIFY_URL };
  },
  'github-actions.yml': () => {
    const { services, env } = read('github-actions.yml').jobs.tests;
    return { simulator: services['id-cropper'].env, url: env.VALIFY_URL };
  },
  'gitlab-ci.yml': () => {
    const { variables } = read('gitlab-ci.yml').tests;
    return { simulator: variables, url: variables.VALIFY_URL };
  },
};

for (const [name, job] of Object.entries(jobs)) {
  test(`examples/ci/${name}: settings that there are, and the simulator’s port`, async (t) => {
    const { simulator, url } = job();
    const variables = Object.keys(simulator).filter((variable) => variable.startsWith('ID_CROPPER_'));
    t.ok(variables.length > 0);
    for (const variable of variables) {
      const setting = variable.slice('ID_CROPPER_'.length).toLowerCase().replaceAll('_', '-');
      t.ok(setting in settings, `${variable} is the setting ${setting}`);
    }
    t.match(url, new RegExp(`^http://(127\\.0\\.0\\.1|id-cropper):${settings.port.default}$`));
  });
}

test('compose: the tests wait for a healthy simulator, and what is mounted is there', async (t) => {
  const { 'id-cropper': server, tests } = read('compose.yaml').services;
  t.same(tests.depends_on, { 'id-cropper': { condition: 'service_healthy' } });
  t.equal(`${tests.image} AS build`, findLast(readStages()[0]!, 'FROM'), 'no image beside the base');
  t.ok(existsSync(join(folder, server.build, 'Dockerfile')));
  for (const volume of tests.volumes) t.ok(existsSync(join(folder, volume.split(':')[0])), volume);
});

test('GitHub: the job reaches the port, and waits for the health check that the image has', async (t) => {
  const { services } = read('github-actions.yml').jobs.tests;
  const { default: port } = settings.port;
  t.same(services['id-cropper'].ports, [`${port}:${port}`]);
  t.match(readFileSync(join(packageRoot, 'Dockerfile'), 'utf8'), /^HEALTHCHECK /m);
});

test('GitLab: the line that waits is a program', async (t) => {
  const { script, services } = read('gitlab-ci.yml').tests;
  t.equal(services[0].alias, 'id-cropper');
  const [, program] = /^node --input-type=module -e '(.*)'$/.exec(script[1]) ?? [];
  t.doesNotThrow(() => new Function(`return async () => { ${program} }`));
  t.match(program, /\/readyz/);
});

test('the table of examples/README.md names each example', async (t) => {
  const readme = readFileSync(join(packageRoot, 'examples/README.md'), 'utf8');
  const named = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => path!);
  for (const path of named) t.ok(existsSync(join(packageRoot, 'examples', path)), path);
  const files = ['curl', 'typescript', 'go', 'java', 'kotlin', 'php', 'csharp', 'dart', 'express', 'django'];
  for (const language of [...files, 'ci', 'testcontainers', 'postman'])
    t.ok(
      named.some((path) => path.startsWith(`${language}/`) || dirname(path) === language),
      language,
    );
});
