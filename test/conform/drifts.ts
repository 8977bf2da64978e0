import type { Test } from 'tap';
import { type Deviate, startProxy } from './proxy.js';
import { drifts, visit } from './visit.js';

type Deviation = readonly [sentence: string, deviate: Deviate, expected: object];

/** Each server that deviates from the one at this address is visited; what `conform` finds is this and nothing else. */
export async function assertDrifts(t: Test, url: string, deviations: readonly Deviation[]): Promise<void> {
  t.setTimeout(200_000); // a visit has eleven photos
  for (const [sentence, deviate, expected] of deviations) {
    const report = await visit(await startProxy(t, url, deviate));
    t.equal(report.stopped, null, `${sentence}: to the end`);
    t.same(drifts(report), expected, sentence);
    t.ok(report.made.calls <= report.announced.calls);
  }
}
