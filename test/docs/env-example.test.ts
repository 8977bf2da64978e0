import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { test } from 'tap';
import { envExample } from '../../scripts/env-example.js';
import { loadConfig } from '../../src/config/config.js';
import { environmentName, settingNames, settings } from '../../src/config/settings.js';
import { packageRoot } from '../../src/package-root.js';

const text = readFileSync(join(packageRoot, '.env.example'), 'utf8');

test('.env.example is as the table of settings has it (npm run docs writes it)', async (t) => {
  t.equal(text, envExample());
});

test('each setting stands there with its default', async (t) => {
  const { PORT, ...environment } = parseEnv(text.replaceAll(/^# (?=[A-Z_]+=)/gm, ''));
  t.equal(PORT, `${settings.port.default}`, "the compose file's");
  const variables = settingNames.filter((name) => settings[name].reach !== 'file').map(environmentName);
  t.strictSame(Object.keys(environment).sort(), variables.sort());
  t.strictSame(loadConfig({ environment }), loadConfig(), 'as if nothing had been said');
});

test('as it stands, it says nothing', async (t) => {
  t.strictSame({ ...parseEnv(text) }, {});
});
