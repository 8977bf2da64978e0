import { type ScenarioName, scenarioNames, scenarioRow } from '../../src/scenarios/catalogue.js';
import { magicKey } from '../../src/scenarios/magic-key.js';
import { cropperPaths, examplesOf, operationOf } from './document.js';
import { cropRequest, type Item, item } from './item.js';

const path = cropperPaths[0]!;
const { responses } = operationOf(path);

/** The answers that a bundle key alone asks for: one request for each status and cause of the document. */
export function requestsByKey(): Item[] {
  const told = scenarioNames.filter((name) => scenarioRow(name).status !== null && name !== 'worker-dies');
  return told
    .sort((one, other) => scenarioRow(one).status! - scenarioRow(other).status!)
    .map((name) => {
      const { status, does } = scenarioRow(name);
      return item({
        name: `${status} ${name}`,
        description: `${does[0]!.toUpperCase()}${does.slice(1)}.\n\n${responses[status!]!.description}`,
        request: cropRequest(path, magicKey(name)),
        tests: [statusTest(name, status!)],
        saved: bodyOf(name) && { status: status!, body: bodyOf(name)! },
      });
    });
}

/** The document's example of the row that the scenario stands for; a proxy's page has none. */
function bodyOf(name: ScenarioName): object | undefined {
  const { status, effect } = scenarioRow(name);
  const examples = examplesOf(responses[status!]!);
  if (effect.kind === 'refuse') return examples[effect.row]?.value;
  if (effect.kind === 'exhaust') return examples.TRIALS_EXHAUSTED?.value;
  return effect.kind === 'unprocessable' ? examples.UNPROCESSABLE?.value : undefined;
}

/** Of the document's body, the message: codes can be set, transactions and trials differ. */
function statusTest(name: ScenarioName, status: number): string {
  const message = (bodyOf(name) as { readonly message?: string } | undefined)?.message;
  const checks =
    message === undefined
      ? []
      : [`  pm.expect(pm.response.json().message).to.equal(${JSON.stringify(message)});`];
  if (status === 422) checks.push("  pm.expect(pm.response.json().error_code).to.be.a('number');");
  const lines = [
    `pm.test(${JSON.stringify(`${status} ${name}`)}, () => {`,
    `  pm.response.to.have.status(${status});`,
  ];
  return [...lines, ...checks, '});'].join('\n');
}
