// npm run check:schemathesis: Schemathesis's checks of responses (status, content type, headers, schema, no 5xx) on all that `conform` has sent to our server
// and got from it.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t, { test } from 'tap';
import { parse } from 'yaml';
import type { CallName } from '../../src/contract/calls.js';
import { contractRow, type RowName, rowNames } from '../../src/contract/index.js';
import { packageRoot } from '../../src/package-root.js';
import { startProxy } from '../conform/proxy.js';
import { drifts, patient, visit } from '../conform/visit.js';
import { startSimulator } from '../support/simulator.js';
import { findPython } from './install.js';

const execute = promisify(execFile);
t.setTimeout(0); // with the installation

interface Objection {
  readonly call: CallName;
  readonly says: string;
}

interface Listed extends Objection {
  readonly row: RowName;
}

const listed = parse(readFileSync(join(packageRoot, 'test/schemathesis/conform.yaml'), 'utf8')) as Listed[];

test('Schemathesis objects to what is listed, and to nothing else', { timeout: 0 }, async (t) => {
  const { url } = await startSimulator(t, patient);
  const exchanges: object[] = [];
  let call: CallName = 'path-headline';
  const onCall = (name: CallName) => {
    call = name;
  };
  const proxy = await startProxy(t, url, (answer, { method, path, headers: sent, body }) => {
    const { status, headers, text } = answer;
    exchanges.push({
      call,
      method,
      path,
      sent,
      body: body.toString(),
      status,
      headers: { ...headers },
      text,
    });
    return answer;
  });
  const report = await visit(proxy, {}, { onCall });
  t.equal(report.stopped, null);
  t.same(drifts(report), {});
  t.equal(exchanges.length, report.made.calls);

  const file = join(t.testdir(), 'exchanges.json');
  writeFileSync(file, JSON.stringify(exchanges));
  const program = [
    join(packageRoot, 'test/schemathesis/exchanges.py'),
    join(packageRoot, 'openapi.yaml'),
    file,
  ];
  const { stdout } = await execute(await findPython(), program, { maxBuffer: 2 ** 26 });
  const objections = JSON.parse(stdout) as Objection[];
  t.same(
    objections,
    listed.map(({ call: its, says }) => ({ call: its, says })),
  );
  for (const { row, call: its } of listed) {
    t.ok(rowNames.includes(row), row);
    t.ok(contractRow(row).calls.includes(its), `${row} looks at ${its}`);
  }
  t.comment(`${exchanges.length} exchanges, ${objections.length} objections, all of them listed`);
});
