/* biome-ignore-all lint/suspicious/noExplicitAny: manifests as they are; kubernetes.check.ts holds them against the schemas */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { parseAllDocuments } from 'yaml';
import { environmentName, settingNames, settings } from '../../src/config/settings.js';
import { livePath, readyPath } from '../../src/exchange/paths.js';
import { packageRoot } from '../../src/package-root.js';
import { readAddress } from '../../src/state/redis/address.js';

const read = (name: string): any[] =>
  parseAllDocuments(readFileSync(join(packageRoot, 'examples/kubernetes', name), 'utf8')).map((it) =>
    it.toJS(),
  );
const documents = [...read('simulator.yaml'), ...read('valkey.yaml')];
const find = (kind: string, name = 'id-cropper') =>
  documents.find((it) => it.kind === kind && it.metadata.name === name);
const pod = find('Deployment').spec.template;
const [container] = pod.spec.containers;

test('the selectors find the pods, and the Service their port', async (t) => {
  for (const [kind, selector] of [
    ['Deployment', find('Deployment').spec.selector.matchLabels],
    ['Service', find('Service').spec.selector],
    ['PodDisruptionBudget', find('PodDisruptionBudget').spec.selector.matchLabels],
  ] as const) {
    t.match(pod.metadata.labels, selector, kind);
  }
  t.equal(find('Service').spec.ports[0].targetPort, container.ports[0].name);
  t.equal(container.ports[0].containerPort, settings.port.default);
  const target = find('HorizontalPodAutoscaler').spec.scaleTargetRef;
  t.equal(find(target.kind, target.name), find('Deployment'));
  t.ok(container.resources.requests.cpu, 'what the autoscaler measures by');
});

test('the settings exist, and the secrets that they come from', async (t) => {
  const known = settingNames.map(environmentName);
  for (const { name, valueFrom } of container.env) {
    t.ok(known.includes(name), name);
    const { name: secret, key } = valueFrom.secretKeyRef;
    t.ok(find('Secret', secret).stringData[key], `${secret}.${key}`);
  }
  const { state } = find('Secret').stringData;
  t.ok(readAddress(state), state);
  t.equal(new URL(state).password, find('Secret', 'valkey').stringData.password);
  t.equal(new URL(state).hostname, find('Service', 'valkey').metadata.name);
});

test('what is not ready gets no calls; what lives is not killed for its state', async (t) => {
  t.equal(container.readinessProbe.httpGet.path, readyPath);
  t.equal(container.livenessProbe.httpGet.path, livePath);
  t.ok(pod.spec.terminationGracePeriodSeconds > settings['shutdown-timeout'].default + 5);
});

test('the containers have no more rights than they need', async (t) => {
  for (const { spec } of [pod, find('StatefulSet', 'valkey').spec.template]) {
    t.match(spec, { automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
    t.match(spec.containers[0].securityContext, {
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
    t.ok(spec.containers[0].resources.limits.memory);
  }
});
