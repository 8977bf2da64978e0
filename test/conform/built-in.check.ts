// npm run check:drift: our own server beside each profile that is built in. Needs nothing but Node, and a minute.
import { test } from 'tap';
import { builtInProfiles } from '../../src/config/profile.js';
import { startSimulator } from '../support/simulator.js';
import { drifts, patient, visit } from './visit.js';

for (const profile of Object.keys(builtInProfiles))
  test(`a server with the profile ${profile} is as that profile says`, { timeout: 300_000 }, async (t) => {
    const { url } = await startSimulator(t, { ...patient, profile });
    const report = await visit(url, { profile });
    t.equal(report.stopped, null);
    t.same(drifts(report), {});
    t.equal(report.counts.unobserved, 0);
    t.comment(`${report.counts.same} rows, ${report.made.calls} calls`);
  });

test('and unlike the others where they say something else', { timeout: 300_000 }, async (t) => {
  const { url } = await startSimulator(t, { ...patient, profile: 'sample' });
  const only = ['trials-type', 'authentication'] as const;
  t.same(drifts(await visit(url, { profile: 'lenient' }, { only })), {
    'trials-type': 'integer',
    authentication: 'refused',
  });
});
