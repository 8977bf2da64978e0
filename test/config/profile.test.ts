import { join } from 'node:path';
import { test } from 'tap';
import { type ConfigSources, loadConfig } from '../../src/config/config.js';
import { builtInProfiles, profileSettings } from '../../src/config/profile.js';
import { fixedAtStart, settings } from '../../src/config/settings.js';

const text = 'trials: 7\ntrials-remaining-type: integer\nerrors:\n  CARD_NOT_FOUND: { code: 5123 }\n';

test('flag, environment, config file, profile, default: the first that says something', async (t) => {
  const folder = t.testdir({ 'profile.yaml': text, 'config.yaml': 'trials: 6\n' });
  const profile = join(folder, 'profile.yaml');
  const file = join(folder, 'config.yaml');
  const rows: [sources: ConfigSources, trials: number][] = [
    [{ options: { profile, trials: 4 }, environment: { ID_CROPPER_TRIALS: '5' }, file }, 4],
    [{ options: { profile }, environment: { ID_CROPPER_TRIALS: '5' }, file }, 5],
    [{ options: { profile }, file }, 6],
    [{ options: { profile } }, 7],
    [{ environment: { ID_CROPPER_PROFILE: profile } }, 7],
    [{ options: { profile: 'documented' } }, 3],
    [{}, 3],
  ];
  for (const [sources, trials] of rows) t.equal(loadConfig(sources).trials, trials);
  t.match(loadConfig({ options: { profile } }), {
    trialsRemainingType: 'integer',
    errors: { CARD_NOT_FOUND: { code: 5123 } },
  });
});

test('each built-in profile is sound, and documented is the default', async (t) => {
  const { profile: _, ...plain } = loadConfig({ options: { profile: 'documented' } });
  t.same(plain, loadConfig());
  for (const profile of Object.keys(builtInProfiles))
    t.equal(loadConfig({ options: { profile } }).profile, profile);
});

test('what is wrong with a profile is said with all the rest', async (t) => {
  const folder = t.testdir({
    'other.yaml': 'port: 4000\n',
    'value.yaml': 'trials: many\n',
    'list.yaml': '- trials\n',
    'broken.yaml': 'trials: [\n',
  });
  const rows: [profile: string, problem: RegExp][] = [
    ['nonsense', /profile nonsense: .*built in are documented, sample, strict, lenient/],
    [join(folder, 'other.yaml'), /"port" is no setting of a profile/],
    [join(folder, 'value.yaml'), /profile .*value\.yaml: trials must be integer/],
    [join(folder, 'list.yaml'), /must hold settings/],
    [join(folder, 'broken.yaml'), /profile .*broken\.yaml: /],
    ['', /--profile must/],
  ];
  for (const [profile, problem] of rows) t.throws(() => loadConfig({ options: { profile } }), problem);
});

test('a profile holds settings that exist, none of a secret or a place', async (t) => {
  for (const name of profileSettings) t.ok(name in settings);
  for (const name of ['host', 'port', 'control-token', 'accounts', 'seed'])
    t.notOk(
      profileSettings.some((each) => each === name),
      name,
    );
  t.same(
    profileSettings.filter((name) => fixedAtStart.has(name)),
    ['cors', 'body-limit'],
  );
});
