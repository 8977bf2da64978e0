import { test } from 'tap';
import { startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openSocket } from '../support/wire.js';

test('connections over max-connections are closed, and have their place when another has gone', async (t) => {
  const simulator = await startSimulator(t, { maxConnections: 2 });
  const held = [await openSocket(simulator.url), await openSocket(simulator.url)];
  t.equal(await (await openSocket(simulator.url)).closed(), '', 'the third');
  held[0]!.destroy();
  const answers = () => simulator.exchange({ method: 'GET', path: '/livez' }).catch(() => undefined);
  await until('there is room again', async () => (await answers())?.status === 200);
});
