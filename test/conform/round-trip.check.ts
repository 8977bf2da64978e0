import fc from 'fast-check';
import { type Test, test } from 'tap';
import { lost, profiles, roundTrip } from './round-trip.js';

/** `npm run check:conform` asks for 40, unless CONFORM_RUNS is set. */
const runs = Number(process.env.CONFORM_RUNS ?? 5);

const examples = [
  [{ trials: 0, trialsExhaustedCode: 5048, unprocessableBody: 'short' as const }],
  [{ trials: 2, trialsExhaustedCode: 5597, unprocessableBody: 'short' as const }],
  // A token without trials is answered as a broken picture is: nobody can tell the two apart.
  [{ trials: 5, trialsExhaustedCode: 5009 }],
  [{ trials: 1, outputMaxSide: 300, outputFormat: 'webp' as const, strictAuthorization: true }],
];

test('whatever the profile of a server: calibrate recovers each field, or says why not; a server with what it wrote is no other', async (t: Test) => {
  t.setTimeout(100_000 + runs * 40_000); // two servers and at least eight photos each
  const folder = t.testdir();
  const property = fc.asyncProperty(profiles, async (options) => {
    const { calibration, drifts, apart, stopped } = await roundTrip(options, folder);
    if (stopped !== undefined) throw new Error(stopped);
    const missing = lost(options, calibration, folder);
    if (missing.length + drifts.length + apart.length > 0)
      throw new Error(JSON.stringify({ missing, drifts, apart }));
  });
  const outcome = await fc.check(property, {
    numRuns: runs,
    examples: examples as never,
    seed: Number(process.env.CONFORM_SEED ?? 1),
    endOnFailure: true,
  });
  t.notOk(
    outcome.failed,
    outcome.failed ? `${fc.defaultReportMessage(outcome)}\n${outcome.errorInstance}` : `${runs} profiles`,
  );
});
