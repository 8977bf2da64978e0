// npm run check:drift: our own server beside each profile that is built in. Needs nothing but Node, and a minute.
import { test } from 'tap';
import { builtInProfiles } from '../../src/config/profile.js';
import { startSimulator } from '../support/simulator.js';
import { drifts, patient, visit } from './visit.js';

/** A 422 in two keys does not count the trials that are left. */
const unseen: Readonly<Record<string, readonly string[]>> = { strict: ['trials-422'] };

for (const profile of Object.keys(builtInProfiles))
  test(`a server with the profile ${profile} is as that profile says`, { timeout: 300_000 }, async (t) => {
    const { url } = await startSimulator(t, { ...patient, profile });
    const report = await visit(url, { profile });
    t.equal(report.stopped, null);
    t.same(drifts(report), {});
    const unobserved = report.rows.filter(({ verdict }) => verdict === 'unobserved').map(({ row }) => row);
    t.same(unobserved, unseen[profile] ?? [], 'rows of which nothing can be seen');
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
