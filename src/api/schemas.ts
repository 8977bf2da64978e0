import Type, { type Static } from 'typebox';
import type { Config } from '../config/config.js';
import { demoAccount } from '../config/settings.js';

/**
 * Station 6 of docs/architecture.md: are the fields there? Unknown fields are ignored, as are unknown headers. An `enum` says what
 * has a meaning, for the document; what is not in it is not refused (`server.ts`), as the vendor does not refuse it.
 */
export const cropRequest = Type.Object(
  {
    bundle_key: Type.String({
      minLength: 1,
      description: "Identifies your bundle; the vendor's are 32 lower-case hexadecimal characters.",
    }),
    img: Type.String({
      minLength: 1,
      description: 'The photo of the card (JPEG, PNG or WebP) in standard base64 without a data: prefix.',
    }),
    // No `default`: generators make a field with one required.
    lang: Type.Optional(
      Type.String({
        enum: ['en', 'ar'],
        description: 'Language of the 422 messages. `en` where it is absent or anything else.',
      }),
    ),
  },
  { $id: 'CropRequest' },
);
export type CropRequest = Static<typeof cropRequest>;

type TrialsType = Config['trialsRemainingType'];

const transactionId = Type.String({ description: 'Identifies the call; a UUID here.' });

/** One plain type, the one that this server answers: of two, generators make a class around each. */
const trialsRemaining = (type: TrialsType) =>
  Type.Unsafe<string | number>({
    type,
    description:
      'Calls that are left on this token: a string, or an integer with the setting `trials-remaining-type`.',
  });

const cropAnswer = (type: TrialsType) =>
  Type.Object(
    {
      data: Type.Object({ img: Type.String({ description: 'The cropped card in base64.' }) }),
      transaction_id: transactionId,
      trials_remaining: trialsRemaining(type),
    },
    { $id: 'CropAnswer' },
  );
export type CropAnswer = Static<ReturnType<typeof cropAnswer>>;

const messageAnswer = Type.Object({ message: Type.String() }, { $id: 'Message' });

const unprocessableAnswer = (type: TrialsType) =>
  Type.Object(
    {
      message: Type.String(),
      error_code: Type.Integer(),
      transaction_id: Type.Optional(transactionId),
      trials_remaining: Type.Optional(trialsRemaining(type)),
    },
    { $id: 'Unprocessable' },
  );

/** A field of a form has an example of its own: that is what Swagger UI fills in. */
const field = (example: string, description?: string) =>
  Type.Optional(Type.String({ ...(description === undefined ? {} : { description }), examples: [example] }));

const tokenRequest = Type.Object(
  {
    grant_type: Type.String({ enum: ['password', 'refresh_token'], examples: ['password'] }),
    username: field(demoAccount.username, 'for `password`'),
    password: field(demoAccount.password, 'for `password`'),
    client_id: field(demoAccount.client_id, 'or by HTTP Basic, with the secret'),
    client_secret: field(demoAccount.client_secret),
    refresh_token: field('aU9eYt5oKi3Nn7MzQx1CwVb8SjD4rG', 'for `refresh_token`'),
    scope: field('read write', '`read`, `write` or both; both by default'),
  },
  { $id: 'TokenRequest' },
);

const tokenAnswer = Type.Object(
  {
    access_token: Type.String(),
    expires_in: Type.Integer({ description: 'seconds' }),
    token_type: Type.String(),
    scope: Type.String(),
    refresh_token: Type.String(),
  },
  { $id: 'TokenAnswer' },
);
export type TokenAnswer = Static<typeof tokenAnswer>;

const tokenError = Type.Object(
  { error: Type.String(), error_description: Type.Optional(Type.String()) },
  { $id: 'TokenError' },
);
export type TokenError = Static<typeof tokenError>;

/** By their names in the document, which {@link reference} refers to. */
export const apiSchemas = ({ trialsRemainingType: type }: Config) => ({
  CropRequest: cropRequest,
  CropAnswer: cropAnswer(type),
  Message: messageAnswer,
  Unprocessable: unprocessableAnswer(type),
  TokenRequest: tokenRequest,
  TokenAnswer: tokenAnswer,
  TokenError: tokenError,
});

export const reference = (name: keyof ReturnType<typeof apiSchemas>) => ({ $ref: `${name}#` });
