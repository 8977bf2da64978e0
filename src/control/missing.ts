import type { FastifyInstance } from 'fastify';
import { controlPrefix, pathOf } from '../exchange/paths.js';
import { ControlProblem } from './problem.js';

/** Whatever leads nowhere is told so before its body is read: 405 where another method would be right, else 404. */
export function explainMissing(scope: FastifyInstance): void {
  const methodsOf = new Map<string, Set<string>>();
  scope.addHook('onRoute', ({ url, method }) => {
    const known = methodsOf.get(url) ?? new Set();
    methodsOf.set(url, known);
    for (const each of [method].flat()) known.add(each);
  });
  scope.addHook('onRequest', async ({ is404, method, url }, reply) => {
    const path = pathOf(url).replace(/\/+/g, '/');
    // `/requests/count` is no request of that id, whatever the method.
    const literal = methodsOf.get(path.replace(/\/$/, ''));
    if (!is404 && (literal === undefined || literal.has(method))) return;
    const allowed =
      literal !== undefined
        ? [...literal]
        : [...methodsOf].filter(([pattern]) => fits(path, pattern)).flatMap(([, methods]) => [...methods]);
    // A path may look right and yet not be read, as with a line break in a name.
    if (allowed.length === 0 || allowed.includes(method))
      throw new ControlProblem(
        404,
        `there is no ${method} ${url}; ${controlPrefix}/openapi.json lists what there is`,
      );
    reply.header('allow', [...new Set(allowed)].join(', '));
    throw new ControlProblem(405, `${path} takes no ${method}; it takes ${[...new Set(allowed)].join(', ')}`);
  });
  // So that these hooks see them at all.
  scope.setNotFoundHandler(async () => undefined);
}

/** @param pattern as routes are written: `/accounts/:username` */
const fits = (path: string, pattern: string) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}/?$`).test(path);
