import type { FastifySwaggerUiOptions } from '@fastify/swagger-ui';
import { demoAccount } from '../config/settings.js';
import { docsPrefix } from '../exchange/paths.js';

/** Swagger UI, ready to try the demo account out. User name and password it lets nobody fill in beforehand. */
export const docsOptions: FastifySwaggerUiOptions = {
  routePrefix: docsPrefix,
  // Its own files, its pictures, and what "Try it out" asks of this server.
  staticCSP: [
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:",
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ].join('; '),
  uiConfig: { tryItOutEnabled: true, plugins: [showPictures as never] },
  initOAuth: {
    clientId: demoAccount.client_id,
    clientSecret: demoAccount.client_secret,
    scopes: ['read', 'write'],
  },
};

/** As much of React, and of what Swagger UI hands around, as is used. */
interface SwaggerSystem {
  readonly React: { createElement(type: unknown, props?: object | null, ...children: unknown[]): unknown };
}
declare const SwaggerUIBundle: { readonly plugins: { readonly DownloadUrl: unknown } };

/**
 * A plugin of Swagger UI: below an answer with a picture in base64 stands the picture. It goes to the page as text: nothing
 * of this module is there.
 */
function showPictures() {
  const withPicture =
    (ResponseBody: unknown, { React }: SwaggerSystem) =>
    (props: { readonly content?: unknown }) => {
      let picture: unknown;
      try {
        picture = JSON.parse(String(props.content)).data.img;
      } catch {
        // Another answer.
      }
      const body = React.createElement(ResponseBody, props);
      if (typeof picture !== 'string') return body;
      // Browsers look at the bytes, not at the type that is named here.
      const source = {
        src: `data:image/jpeg;base64,${picture}`,
        alt: 'data.img',
        style: { maxWidth: '100%' },
      };
      return React.createElement('div', null, React.createElement('img', source), body);
    };
  // Naming plugins takes those away that the page would have.
  return [SwaggerUIBundle.plugins.DownloadUrl, { wrapComponents: { responseBody: withPicture } }];
}
