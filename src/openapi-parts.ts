import { STATUS_CODES } from 'node:http';

/** Parts of an OpenAPI document that stand once, under `components`, and are referred to from wherever they are needed. */

interface Operation {
  readonly requestBody?: { required?: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly responses?: Responses;
}

interface Media {
  readonly schema?: {
    readonly $ref?: string;
    readonly type?: string;
    readonly required?: readonly string[];
  };
  examples?: object;
}

type Responses = Record<string, { readonly content?: object } | { readonly $ref: string }>;

/** As far as it is looked at here. */
interface Document {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: object;
}

const operationsOf = (document: Document) =>
  Object.values(document.paths ?? {}).flatMap((path) => Object.values(path));

const withComponents = <Doc extends object>(document: Doc, parts: object): Doc => ({
  ...document,
  components: { ...(document as Document).components, ...parts },
});

/**
 * Changes the document.
 * @param examples by the name of the body's schema, then by their own
 */
export function addRequestExamples<Doc extends object>(
  document: Doc,
  examples: Readonly<Record<string, Readonly<Record<string, object>>>>,
): Doc {
  const bodies = operationsOf(document).map(({ requestBody }) => requestBody?.content ?? {});
  for (const media of bodies.flatMap((content) => Object.values(content))) {
    const names = Object.keys(examples[media.schema?.$ref?.split('/').at(-1) ?? ''] ?? {});
    media.examples = Object.fromEntries(
      names.map((name) => [name, { $ref: `#/components/examples/${name}` }]),
    );
  }
  const all = Object.entries(Object.assign({}, ...Object.values(examples)) as object);
  const shared = Object.fromEntries(all.map(([name, value]) => [name, { value }]));
  return withComponents(document, { examples: shared });
}

/**
 * Changes the document. Of what may be missing: a 204 has no content, and a body that says nothing by its fields need not be there. @fastify/swagger
 * writes a content for each response, and takes every body for required.
 */
export function tellWhatMayBeMissing<Doc extends object>(document: Doc): Doc {
  for (const { requestBody, responses = {} } of operationsOf(document)) {
    const empty = responses[204];
    if (empty !== undefined && 'content' in empty) responses[204] = withoutContent(empty);
    if (requestBody !== undefined && Object.values(requestBody.content).every(maySayNothing))
      delete requestBody.required;
  }
  return document;
}

const withoutContent = ({ content: _, ...rest }: { readonly content?: object }) => rest;
const maySayNothing = ({ schema }: Media) => schema?.type === 'object' && !schema.required?.length;

/** Changes the document: a response that several operations have gets a name, so that a reader finds it once. */
export function shareResponses<Doc extends object>(document: Doc): Doc {
  const all = operationsOf(document).map(({ responses = {} }) => responses);
  const names = nameRepeated(all);
  for (const responses of all) {
    for (const [status, response] of Object.entries(responses)) {
      const name = names.get(JSON.stringify(response));
      if (name !== undefined) responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
  const shared = Object.fromEntries([...names].map(([text, name]) => [name, JSON.parse(text)]));
  return withComponents(document, { responses: shared });
}

/** By the response's text, the name that it gets. */
function nameRepeated(all: readonly Responses[]): ReadonlyMap<string, string> {
  const seen = new Set<string>();
  const names = new Map<string, string>();
  for (const [status, response] of all.flatMap((responses) => Object.entries(responses))) {
    const text = JSON.stringify(response);
    if (seen.has(text) && !names.has(text)) names.set(text, freeName(status, [...names.values()]));
    seen.add(text);
  }
  return names;
}

function freeName(status: string, taken: readonly string[]): string {
  const words = STATUS_CODES[status] ?? { '4XX': 'Client Error' }[status] ?? `Status ${status}`;
  const name = words.replace(/[^A-Za-z0-9]/g, '');
  const same = taken.filter((other) => other.replace(/\d+$/, '') === name).length;
  return same === 0 ? name : `${name}${same + 1}`;
}
