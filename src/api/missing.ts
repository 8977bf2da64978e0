import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { otherForm, type PathForm } from '../config/settings.js';
import { vendorError } from '../errors.js';
import type { Context } from '../exchange/context.js';
import { leadsNowhere, pathOf } from '../exchange/paths.js';

/**
 * Station 3 of docs/architecture.md: is there such a path, does it take this method? The body of a request that leads
 * nowhere is never read.
 * @param isForeign paths that are not the vendor's, which explain themselves
 */
export function refuseUnknownPath(context: Context, isForeign: (url: string) => boolean) {
  return (
    { is404, url, routeOptions }: FastifyRequest,
    reply: FastifyReply,
    done: (error?: Error) => void,
  ): void => {
    const nowhere = is404 ? !isForeign(url) : leadsNowhere(routeOptions.url);
    const unserved = nowhere ? undefined : unservedForm(context, url);
    if (nowhere) done(vendorError('NOT_FOUND', 'no such path'));
    else if (unserved === undefined) done();
    else if (unserved.location === undefined)
      done(vendorError('NOT_FOUND', 'the setting paths says that this form is not served'));
    else void reply.code(unserved.status).header('location', unserved.location).send();
  };
}

/** What the setting `paths` says of this way to write a path: where it leads to, if anywhere. */
function unservedForm({ config: { paths } }: Context, url: string) {
  const path = pathOf(url);
  const folded = path.replace(/\/{2,}/g, '/');
  const isDoubled = folded !== path && paths['//'] !== undefined;
  const status = isDoubled ? paths['//'] : paths[folded as PathForm];
  if (status === undefined) return undefined;
  const query = /\?.*/s.exec(url)?.[0] ?? '';
  return {
    status,
    location: status === 404 ? undefined : `${isDoubled ? folded : otherForm(folded)}${query}`,
  };
}

const served = ['POST', 'OPTIONS'];

/** What a path that takes POST answers to every other method that Node's HTTP parser knows. */
export function refuseOtherMethods(
  app: FastifyInstance,
  url: string,
  refuse: (request: FastifyRequest, reply: FastifyReply) => unknown,
): void {
  const others = app.supportedMethods.filter((method) => !served.includes(method));
  const schema = { hide: true };
  const unreachable = async () => undefined;
  app.route({
    method: others,
    url,
    schema,
    exposeHeadRoute: false,
    onRequest: async (request, reply) => refuse(request, reply),
    handler: unreachable,
  });
  // As the stock stack answers it: no body, and what is allowed.
  app.route({
    method: 'OPTIONS',
    url,
    schema,
    onRequest: async (_request, reply) => reply.header('allow', served.join(', ')).send(),
    handler: unreachable,
  });
}
