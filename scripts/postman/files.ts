import { collection } from './collection.js';
import { environment } from './variables.js';

/** By path, the files that Postman imports. */
export const postmanFiles = {
  'examples/postman/collection.json': collection,
  'examples/postman/environment.json': environment,
};

export const toText = (content: object): string => `${JSON.stringify(content, undefined, 2)}\n`;
