import { test } from 'tap';
import { createServer } from '../../src/server.js';
import { startSimulator } from '../support/simulator.js';
import { until } from '../support/until.js';
import { openSocket, parseAnswers } from '../support/wire.js';

test('alive at once, ready once a worker is warm, not ready while closing', async (t) => {
  const simulator = await startSimulator(t, {}, { warmUp: true });
  const ask = (path: string) => simulator.exchange({ method: 'GET', path });

  t.match(await ask('/livez'), { status: 200, text: '{"status":"alive"}' });
  t.match(await ask('/readyz'), { status: 503, text: '{"status":"not ready"}' }, 'no worker yet');
  await until('ready', async () => (await ask('/readyz')).status === 200);
  t.match(await ask('/readyz'), { status: 200, text: '{"status":"ready"}' });

  // A request that has begun holds its connection open while the server closes.
  const asking = await openSocket(simulator.url);
  await asking.write('GET /readyz HTTP/1.1\r\nHost: x\r\n');
  await ask('/livez'); // by now the server has read it
  const closed = simulator.app.close();
  await until('no longer listening', () => !simulator.app.server.listening);
  await asking.write('\r\n');
  t.match(parseAnswers(await asking.closed()), [
    { status: 503, text: '{"status":"not ready"}', headers: { connection: 'close' } },
  ]);
  await closed;
});

test('not ready before the port is open', async (t) => {
  const app = createServer({ logLevel: 'silent' });
  t.teardown(() => app.close());
  t.equal((await app.inject('/livez')).statusCode, 200);
  t.equal((await app.inject('/readyz')).statusCode, 503);
});
