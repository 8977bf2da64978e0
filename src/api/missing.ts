import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { vendorError } from '../errors.js';
import { leadsNowhere } from '../exchange/paths.js';

/**
 * Station 3 of docs/architecture.md: is there such a path, does it take this method? The body of a request that leads
 * nowhere is never read.
 * @param isForeign paths that are not the vendor's, which explain themselves
 */
export function refuseUnknownPath(isForeign: (url: string) => boolean) {
  return (
    { is404, url, routeOptions }: FastifyRequest,
    _reply: FastifyReply,
    done: (error?: Error) => void,
  ): void => {
    const nowhere = is404 ? !isForeign(url) : leadsNowhere(routeOptions.url);
    done(nowhere ? vendorError('NOT_FOUND', 'no such path') : undefined);
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
