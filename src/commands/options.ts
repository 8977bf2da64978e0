import { type Command, Option } from 'commander';
import Type from 'typebox';
import {
  type Config,
  type ConfigSources,
  loadConfig,
  type Options,
  processSources,
} from '../config/config.js';
import {
  environmentName,
  type Setting,
  type SettingName,
  settingNames,
  settings,
} from '../config/settings.js';

/** Adds a flag for each setting that applies; the values are checked with all the others, in `config.ts`. */
export function addSettings(command: Command, applies: (name: SettingName) => boolean): Command {
  command.option('--config <file>', `YAML file of settings [${environmentName('config')}]`);
  for (const name of settingNames) {
    if (applies(name)) command.addOption(toOption(name, settings[name]));
  }
  return command;
}

function toOption(name: string, setting: Setting): Option {
  const facts = [
    setting.default === undefined ? undefined : `default: ${JSON.stringify(setting.default)}`,
    environmentName(name),
  ];
  return new Option(
    `--${name} ${placeholder(setting)}`,
    `${setting.help} [${facts.filter(Boolean).join(', ')}]`,
  );
}

/** `--accept-data-uri` alone means true. */
export function placeholder({ schema }: Setting): string {
  if (Type.IsBoolean(schema)) return '[true|false]';
  if ('enum' in schema) return `<${(schema.enum as string[]).join('|')}>`;
  return Type.IsString(schema) ? '<text>' : '<number>';
}

export type Flags = Options & { readonly config?: string };

/** The configuration that these flags, the environment and the config file make together. */
export const configFromFlags = (flags: Flags): Config => loadConfig(sourcesOfFlags(flags));

export const sourcesOfFlags = ({ config, ...options }: Flags): ConfigSources =>
  processSources(options, config);
