import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { sendProblem } from '../control/problem.js';
import { refuseStrangeHosts } from '../control/visitors.js';
import type { Meter } from '../exchange/meter.js';
import { metricsPath } from '../exchange/paths.js';

/**
 * `/metrics`, for Prometheus. It asks for no token, as it names no account and shows nothing that was sent: numbers only. A browser has to come
 * by a name that is ours, as to the control API, whether or not that has a token; a program, by any that leads here, such as a service's in compose.
 */
export function registerMetrics(app: FastifyInstance, { host }: Pick<Config, 'host'>, meter: Meter): void {
  app.register(async (scope) => {
    scope.setErrorHandler(sendProblem);
    scope.addHook('onRequest', refuseStrangeHosts({ host }));
    scope.get(metricsPath, { schema: { hide: true } }, async (_request, reply) => {
      const { contentType, print } = await meter();
      return reply.type(contentType).send(await print());
    });
  });
}
