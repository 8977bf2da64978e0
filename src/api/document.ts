import { cropperService, demoAccount } from '../config/settings.js';
import type { ErrorCatalogue, ErrorName, ErrorRow } from '../errors.js';
import { scenarioNames, scenarioRow } from '../scenarios/catalogue.js';
import { magicKey } from '../scenarios/magic-key.js';
import { exampleCard, examplePhoto } from './example-photo.js';
import { reference } from './schemas.js';

/** What `openapi.yaml` says of the routes; the bodies are the schemas that check them, the errors the catalogue that answers them. */

type SchemaName = Parameters<typeof reference>[0];
type Examples = Readonly<Record<string, object>>;

const json = (schema: SchemaName, examples: Examples) => ({
  'application/json': {
    schema: reference(schema),
    examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
  },
});

const headersOf = (headers: ErrorRow['headers']) =>
  headers && {
    headers: Object.fromEntries(Object.keys(headers).map((name) => [name, { type: 'string' }])),
  };

const exampleTransaction = '6f2b0c1e-9d3a-4c57-8e21-5a0f7b6c4d39';
const { bundles, ...demoLogin } = demoAccount;
const [{ bundle_key: demoBundle }] = bundles;

/** By the schema of the body. Each can be sent as it stands to a server with the demo account. */
export const requestExamples: Readonly<Partial<Record<SchemaName, Examples>>> = {
  CropRequest: {
    photo: { bundle_key: demoBundle, img: examplePhoto, lang: 'en' },
    no_card: { bundle_key: magicKey('no-card'), img: examplePhoto, lang: 'ar' },
  },
  TokenRequest: { password: { grant_type: 'password', ...demoLogin } },
};

export const securitySchemes = {
  login: {
    type: 'oauth2',
    description: `The demo account: user name \`${demoLogin.username}\`, password \`${demoLogin.password}\`, client id \`${demoLogin.client_id}\`, client secret \`${demoLogin.client_secret}\`.`,
    flows: { password: { tokenUrl: '/api/o/token/', scopes: { read: 'to read', write: 'to write' } } },
  },
  bearer: { type: 'http', scheme: 'bearer', description: 'An access token that you have already.' },
} as const;

/** What the wire itself can answer happens before there is a route. */
const belowRoutes: ReadonlySet<string> = new Set<ErrorName>([
  'MALFORMED_REQUEST',
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
]);

export function cropDocument(errors: ErrorCatalogue) {
  return {
    operationId: 'idCropperRegister',
    summary: 'Find an ID card in a photo and return it cropped and straightened',
    description:
      'A 200 and a 422 spend one of the trials of the token. A bundle key such as `magic-no-card`, or the header `Prefer: scenario=no-card`, asks for a scenario.',
    tags: ['ID Cropper'],
    security: [{ login: [] }, { bearer: [] }],
    consumes: ['application/json'],
    body: reference('CropRequest'),
    response: withProxyPages({
      200: {
        description: 'The cropped card',
        headers: {
          hmac: {
            type: 'string',
            description:
              "HMAC-SHA512 of the values of the body under the bundle's HMAC key, in lower-case hexadecimal",
          },
        },
        content: json('CropAnswer', {
          [cropperService]: {
            data: { img: exampleCard },
            transaction_id: exampleTransaction,
            trials_remaining: '2',
          },
        }),
      },
      ...refusals(errors, ([name]) => !belowRoutes.has(name)),
    }),
  };
}

type Row = readonly [name: ErrorName, row: ErrorRow];

function refusals(errors: ErrorCatalogue, canHappen: (row: Row) => boolean): Responses {
  const rows = (Object.entries(errors) as [ErrorName, ErrorRow][]).filter(canHappen);
  const statuses = [...new Set(rows.map(([, row]) => row.status))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const here = rows.filter(([, row]) => row.status === status);
      const examples = Object.fromEntries(here.map(([name, row]) => [name, exampleBody(row)]));
      return [
        status,
        {
          description: here.map(([name, row]) => `\`${name}\`: ${row.when}.`).join('\n\n'),
          ...headersOf(here[0]?.[1].headers),
          content: json(status === 422 ? 'Unprocessable' : 'Message', examples),
        },
      ];
    }),
  );
}

const exampleBody = ({ en, code }: ErrorRow) =>
  code === undefined
    ? { message: en }
    : { message: en, error_code: code, transaction_id: exampleTransaction, trials_remaining: '2' };

interface Response {
  readonly description: string;
  readonly headers?: object;
  readonly content?: object;
  /** Without a body. */
  readonly type?: 'null';
}
type Responses = Readonly<Record<number, Response>>;

/** What the gateway scenarios answer in place of the API: no JSON, as a client has to expect it of any proxy on its way. */
function withProxyPages(responses: Responses): Responses {
  const pages = scenarioNames.flatMap((name) => {
    const { effect, does } = scenarioRow(name);
    if (effect.kind !== 'gateway') return [];
    const { description, headers, content } = responses[effect.status] ?? {};
    const page: Response = {
      description: [description, `The scenario \`${name}\`: ${does}.`].filter(Boolean).join('\n\n'),
      ...(headers === undefined ? headersOf(effect.headers) : { headers }),
      content: { ...content, 'text/html': { schema: { type: 'string' } } },
    };
    return [[effect.status, page] as const];
  });
  return { ...responses, ...Object.fromEntries(pages) };
}

const tokenRefusals: ReadonlySet<string> = new Set<ErrorName>(['ENTITY_TOO_LARGE', 'INTERNAL_SERVER_ERROR']);

export function tokenDocument(errors: ErrorCatalogue) {
  return {
    operationId: 'createToken',
    summary: 'Get an access token for a user name and password, or renew one',
    description:
      'Client id and secret may come by HTTP Basic instead, the form as `multipart/form-data`. A refresh token can be used once; the access token that came with it ends then.',
    tags: ['OAuth'],
    security: [],
    // Of two types for one schema, generated Python clients send a mixture.
    consumes: ['application/x-www-form-urlencoded'],
    body: reference('TokenRequest'),
    response: withProxyPages({
      200: {
        description: 'A pair of access and refresh token',
        content: json('TokenAnswer', {
          password: {
            access_token: 'kXq3m0J8TnB4vZ6yW1sLd7RfHc2PgE',
            expires_in: 600,
            token_type: 'Bearer',
            scope: 'read write',
            refresh_token: 'aU9eYt5oKi3Nn7MzQx1CwVb8SjD4rG',
          },
        }),
      },
      400: {
        description: 'Refused, in the words of OAuth 2',
        content: json('TokenError', {
          unsupported_grant_type: { error: 'unsupported_grant_type' },
          invalid_request: {
            error: 'invalid_request',
            error_description: 'Request is missing username parameter.',
          },
          unauthorized_client: { error: 'unauthorized_client' },
          invalid_grant: { error: 'invalid_grant', error_description: 'Invalid credentials given.' },
          invalid_scope: { error: 'invalid_scope' },
        }),
      },
      401: {
        description: 'Wrong or missing client id or secret',
        headers: { 'www-authenticate': { type: 'string' } },
        content: json('TokenError', { invalid_client: { error: 'invalid_client' } }),
      },
      405: { description: 'Takes POST only; no body', type: 'null', headers: { allow: { type: 'string' } } },
      ...refusals(errors, ([name]) => tokenRefusals.has(name)),
    }),
  };
}
