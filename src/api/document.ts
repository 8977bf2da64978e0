import { cropperService } from '../config/settings.js';
import type { ErrorCatalogue, ErrorName, ErrorRow } from '../errors.js';
import {
  cropAnswer,
  cropRequest,
  messageAnswer,
  tokenAnswer,
  tokenError,
  tokenRequest,
  unprocessableAnswer,
} from './schemas.js';

/** What `openapi.yaml` says of the routes; the bodies are the schemas that check them, the errors the catalogue that answers them. */

const reference = (schema: object) => ({ $ref: `${(schema as { $id: string }).$id}#` });

const json = (schema: object, examples: Readonly<Record<string, object>>) => ({
  'application/json': {
    schema: reference(schema),
    examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
  },
});

const exampleTransaction = '6f2b0c1e-9d3a-4c57-8e21-5a0f7b6c4d39';
/** The first bytes of a JPEG, for a document that people read. */
const exampleImage = '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBD…';

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
    tags: ['ID Cropper'],
    security: [{ bearer: [] }],
    consumes: ['application/json'],
    body: reference(cropRequest),
    response: {
      200: {
        description: 'The cropped card',
        headers: {
          hmac: {
            type: 'string',
            description:
              "HMAC-SHA512 of the values of the body under the bundle's HMAC key, in lower-case hexadecimal",
          },
        },
        content: json(cropAnswer, {
          [cropperService]: {
            data: { img: exampleImage },
            transaction_id: exampleTransaction,
            trials_remaining: '2',
          },
        }),
      },
      ...refusals(errors),
    },
  };
}

function refusals(errors: ErrorCatalogue) {
  const rows = (Object.entries(errors) as [ErrorName, ErrorRow][]).filter(([name]) => !belowRoutes.has(name));
  const statuses = [...new Set(rows.map(([, row]) => row.status))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const here = rows.filter(([, row]) => row.status === status);
      const schema = status === 422 ? unprocessableAnswer : messageAnswer;
      return [
        status,
        {
          description: here.map(([name, row]) => `\`${name}\`: ${row.when}.`).join('\n\n'),
          content: json(schema, Object.fromEntries(here.map(([name, row]) => [name, exampleBody(row)]))),
        },
      ];
    }),
  );
}

const exampleBody = ({ en, code }: ErrorRow) =>
  code === undefined
    ? { message: en }
    : { message: en, error_code: code, transaction_id: exampleTransaction, trials_remaining: '2' };

export const tokenDocument = {
  operationId: 'createToken',
  summary: 'Get an access token for a user name and password, or renew one',
  tags: ['OAuth'],
  security: [],
  consumes: ['application/x-www-form-urlencoded', 'multipart/form-data'],
  body: reference(tokenRequest),
  response: {
    200: {
      description: 'A pair of access and refresh token',
      content: json(tokenAnswer, {
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
      content: json(tokenError, {
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
      content: json(tokenError, { invalid_client: { error: 'invalid_client' } }),
    },
  },
};
