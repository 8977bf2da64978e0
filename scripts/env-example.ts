import { environmentName, type Setting, settingNames, settings } from '../src/config/settings.js';
import { defaultOf } from './doc-tables.js';

/** `.env.example`: every setting that the environment can give, with its default. `npm run docs` writes it, and a test fails when it is stale. */
export const envExample = (): string =>
  `${[
    '# Settings as environment variables, with their defaults; docs/settings.md explains them. Written by `npm run docs`.',
    '# Copy it to .env, take the # away from what you change, and give it to what starts the simulator:',
    '# node --env-file=.env, docker run --env-file .env, or `env_file: .env` in a compose file.',
    '',
    '# port of this machine in compose.yaml, which reads .env by itself',
    '# PORT=3000',
    ...settingNames.filter((name) => settings[name].reach !== 'file').flatMap(lines),
  ].join('\n')}\n`;

function lines(name: (typeof settingNames)[number]): string[] {
  const setting: Setting = settings[name];
  const value = name === 'workers' ? '' : (defaultOf(name, setting) ?? '');
  return ['', `# ${setting.help}`, `# ${environmentName(name)}=${value}`];
}
