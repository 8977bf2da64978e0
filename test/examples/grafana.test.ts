import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { parse } from 'yaml';
import { metricsPath } from '../../src/exchange/paths.js';
import { packageRoot } from '../../src/package-root.js';
import { startSimulator } from '../support/simulator.js';

const read = (name: string) => readFileSync(join(packageRoot, 'examples/grafana', name), 'utf8');

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
  readonly templating: { readonly list: readonly { readonly type: string; readonly query: string }[] };
}

/** Words of a query that no label, function or variable is: ours begin alike, and so do Node's. */
const metricsOf = (query: string) => query.match(/\b(id_cropper|process|nodejs)_\w+/g) ?? [];
const labelsOf = (query: string) =>
  [...query.matchAll(/(\w+)=~?"|by \(([\w, ]+)\)/g)].flatMap(
    ([, one, several]) => one ?? several!.split(', '),
  );

/** Labels that Prometheus adds. */
const ofPrometheus = ['job', 'instance', 'le'];

test('every query of the dashboard asks for metrics and labels that there are', async (t) => {
  const dashboard = JSON.parse(read('dashboard.json')) as Dashboard;
  const { exchange } = await startSimulator(t);
  const { text } = await exchange({ method: 'GET', path: metricsPath });
  const known = new Set(
    [...text.matchAll(/^# TYPE (\w+) (\w+)/gm)].flatMap(([, name, type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name],
    ),
  );
  const queries = [
    ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr }))),
    ...dashboard.templating.list
      .filter(({ type }) => type === 'query')
      .map(({ query }) => ({ title: 'variable', expr: query })),
  ];
  t.ok(queries.length >= 10);
  for (const { title, expr } of queries) {
    t.ok(metricsOf(expr).length > 0, `${title} asks for something`);
    for (const name of metricsOf(expr)) t.ok(known.has(name), `${title}: ${name}`);
    for (const label of labelsOf(expr))
      t.ok([...ofPrometheus, 'endpoint', 'station', 'status', 'stage'].includes(label), `${title}: ${label}`);
  }
  t.same(
    [...known]
      .filter((name) => name?.startsWith('id_cropper_') && !/_(sum|count|bucket)$/.test(name))
      .filter((name) => !queries.some(({ expr }) => expr.includes(name!))),
    [],
    'each of ours is shown',
  );
});

test('the scrape configuration is one', async (t) => {
  const { scrape_configs: jobs } = parse(read('prometheus.yml'));
  t.match(jobs, [{ job_name: String, dns_sd_configs: [{ port: 3000 }] }]);
});
