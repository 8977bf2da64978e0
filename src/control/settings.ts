import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { type Config, camelCase, kebabCase, type Options } from '../config/config.js';
import { type LiveConfig, reloaded, settingOf } from '../config/live-config.js';
import { reloadConfig } from '../config/reload.js';
import { fixedAtStart, type SettingName, settingNames } from '../config/settings.js';
import { formatScenario } from '../scenarios/scenario.js';
import { withoutPassword } from '../state/redis/address.js';
import { ControlProblem } from './problem.js';
import { type Control, documented } from './routes.js';

const settingsAnswer = Type.Object({
  values: Type.Record(Type.String(), Type.Unknown()),
  changed: Type.Array(Type.String(), { description: 'what was changed since the start' }),
  fixedAtStart: Type.Array(Type.String()),
});
export type SettingsAnswer = Static<typeof settingsAnswer>;
const settingsChange = Type.Record(Type.String(), Type.Unknown(), {
  description: 'values by name; null takes a change back',
});

/** The settings of the server that runs, and what may be changed of them. */
export function registerSettings(app: FastifyInstance, { context, live }: Control): void {
  const { controls } = context;

  app.get('/settings', documented('Settings', 'All settings', settingsAnswer), async () => show(live));

  app.patch<{ Body: Static<typeof settingsChange> }>(
    '/settings',
    documented('Settings', 'Changes settings, until a reset or the end', settingsAnswer, {
      body: settingsChange,
    }),
    async ({ body }) => {
      await controls.change(() => live.change(toOptions(body)));
      return show(live);
    },
  );

  app.delete('/settings', documented('Settings', 'Takes every change back', settingsAnswer), async () => {
    await controls.change(() => live.replaceChanges({}));
    return show(live);
  });

  app.post(
    '/config/reload',
    documented('Settings', 'Reads the config file again; a bad one changes nothing', reloaded),
    async ({ log }) => reloadConfig(live, log),
  );
}

function toOptions(body: Readonly<Record<string, unknown>>): Options {
  if ('accounts' in body) {
    throw new ControlProblem(
      422,
      'accounts have routes of their own: /accounts; a config file can be read again',
    );
  }
  const unknown = Object.keys(body).find((name) => !(settingNames as string[]).includes(name));
  if (unknown !== undefined) {
    throw new ControlProblem(422, `there is no setting "${unknown}"; there are ${settingNames.join(', ')}`);
  }
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [camelCase(name), value === null ? undefined : value]),
  ) as Options;
}

function show({ current, changes }: LiveConfig): SettingsAnswer {
  const shown = settingNames.filter((name) => name !== 'accounts');
  return {
    values: Object.fromEntries(shown.map((name) => [name, showValue(name, current)])),
    changed: Object.keys(changes).map(kebabCase),
    fixedAtStart: [...fixedAtStart],
  };
}

function showValue(name: SettingName, config: Config): unknown {
  switch (name) {
    case 'control-token':
      return config.controlToken === undefined ? null : '…';
    case 'state':
      return withoutPassword(config.state);
    case 'default-scenario':
      return config.defaultScenario === undefined ? null : formatScenario(config.defaultScenario);
    case 'rules':
      return config.rules.map((rule) => ({ ...rule, scenario: formatScenario(rule.scenario) }));
    default:
      return settingOf(config, name) ?? null;
  }
}
