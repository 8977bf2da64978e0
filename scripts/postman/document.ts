import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package-root.js';

/** What the collection is made of: the part of openapi.yaml that it asks for, with its references followed. */
export interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly responses: Readonly<Record<string, Answer>>;
}

export interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly examples?: Examples }>>;
}

type Examples = Readonly<Record<string, { readonly value: object }>>;

interface Document {
  readonly info: { readonly title: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: {
    readonly examples: Readonly<Record<string, { readonly value: Readonly<Record<string, string>> }>>;
  };
}

export const document = follow(parse(readFileSync(join(packageRoot, 'openapi.yaml'), 'utf8'))) as Document;

export const tokenPath = '/api/o/token/';

/** Both forms of it, in the document's order. */
export const cropperPaths = Object.keys(document.paths).filter((path) => path !== tokenPath);

export const operationOf = (path: string): Operation => document.paths[path]!.post;

/** The examples of an answer by their names; none where it is no JSON. */
export const examplesOf = ({ content }: Answer): Examples => content?.['application/json']?.examples ?? {};

/** The schemas stay as they are: nothing here looks at them, and they alone could be circular. */
function follow(root: Readonly<Record<string, unknown>>): unknown {
  const visit = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(visit);
    if ('$ref' in value) return visit(at(String(value.$ref)));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, key === 'schema' ? inner : visit(inner)]),
    );
  };
  const at = (reference: string): unknown =>
    reference
      .split('/')
      .slice(1)
      .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], root);
  return visit(root);
}
