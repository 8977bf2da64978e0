import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { isOwn } from '../exchange/paths.js';

/** What is no page needs nothing from anywhere. */
const nothing = "default-src 'none'; frame-ancestors 'none'";

/** With one style sheet that stands in the page itself. */
export const policyWithStyle = (style: string) =>
  `${nothing}; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/**
 * No other site's page may show, run or frame what our own pages hold, such as the journal's photos; nor does a browser take them for
 * anything but what they say they are. The vendor's paths stay as the vendor has them.
 */
export function protectOwnPages(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!isOwn(request)) return done();
    reply.headers({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': nothing,
    });
    done();
  });
}
