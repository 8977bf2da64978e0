import Type, { type Static } from 'typebox';

/** Station 6 of docs/architecture.md: are the fields there? Unknown fields are ignored, as are unknown headers. */
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
    lang: Type.Optional(
      Type.String({
        description: 'Language of the 422 messages: `en` or `ar`; anything else is `en`.',
        default: 'en',
      }),
    ),
  },
  { $id: 'CropRequest' },
);
export type CropRequest = Static<typeof cropRequest>;

const transactionId = Type.String({ format: 'uuid' });
const trialsRemaining = Type.Union([Type.String(), Type.Integer()], {
  description:
    'Calls that are left on this token: a string, or an integer with the setting `trials-remaining-type`.',
});

export const cropAnswer = Type.Object(
  {
    data: Type.Object({ img: Type.String({ description: 'The cropped card in base64.' }) }),
    transaction_id: transactionId,
    trials_remaining: trialsRemaining,
  },
  { $id: 'CropAnswer' },
);
export type CropAnswer = Static<typeof cropAnswer>;

export const messageAnswer = Type.Object({ message: Type.String() }, { $id: 'Message' });

export const unprocessableAnswer = Type.Object(
  {
    message: Type.String(),
    error_code: Type.Integer(),
    transaction_id: Type.Optional(transactionId),
    trials_remaining: Type.Optional(trialsRemaining),
  },
  { $id: 'Unprocessable' },
);

export const tokenRequest = Type.Object(
  {
    grant_type: Type.String({ description: '`password` or `refresh_token`' }),
    username: Type.Optional(Type.String()),
    password: Type.Optional(Type.String()),
    client_id: Type.Optional(Type.String({ description: 'or by HTTP Basic, with the secret' })),
    client_secret: Type.Optional(Type.String()),
    refresh_token: Type.Optional(Type.String()),
    scope: Type.Optional(Type.String({ description: '`read`, `write` or both; both by default' })),
  },
  { $id: 'TokenRequest' },
);

export const tokenAnswer = Type.Object(
  {
    access_token: Type.String(),
    expires_in: Type.Integer(),
    token_type: Type.String(),
    scope: Type.String(),
    refresh_token: Type.String(),
  },
  { $id: 'TokenAnswer' },
);
export type TokenAnswer = Static<typeof tokenAnswer>;

export const tokenError = Type.Object(
  { error: Type.String(), error_description: Type.Optional(Type.String()) },
  { $id: 'TokenError' },
);
export type TokenError = Static<typeof tokenError>;
