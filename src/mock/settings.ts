import { camelCase, kebabCase, type Options } from '../config/config.js';
import type { Reloaded } from '../config/live-config.js';
import type { SettingsAnswer } from '../control/settings.js';
import type { Transport } from './transport.js';

/** All settings but the accounts, by their names in `startMock`; those without a value are left out. */
export type SettingValues = Omit<Options, 'accounts'>;

/** New values; `null` takes a change back. */
export type SettingChanges = { readonly [Name in keyof SettingValues]?: SettingValues[Name] | null };

/** The settings of the running server. Some are fixed when it starts; a change of them is refused. */
export class MockSettings {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async get(): Promise<SettingValues> {
    return read(await this.#transport.call('GET', '/settings'));
  }

  /**
   * @example await mock.settings.change({ trials: 10, trialsExhaustedCode: 5010 });
   * @throws {MockError} 422 with every problem; nothing is changed then
   */
  async change(changes: SettingChanges): Promise<SettingValues> {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    const body = Object.fromEntries(given.map(([name, value]) => [kebabCase(name), value]));
    return read(await this.#transport.call('PATCH', '/settings', { body }));
  }

  /** Takes every change back. */
  async reset(): Promise<SettingValues> {
    return read(await this.#transport.call('DELETE', '/settings'));
  }

  /** Reads the config file again. @throws {MockError} 422 for a bad one; everything stays as it was then */
  reloadConfig(): Promise<Reloaded> {
    return this.#transport.call('POST', '/config/reload');
  }
}

const read = ({ values }: SettingsAnswer): SettingValues =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [camelCase(name), value]),
  );
