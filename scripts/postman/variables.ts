import { document } from './document.js';

const { password, photo } = document.components.examples;

/** Whose account it is, and where: the demo account on this machine, as in the examples of the document. */
const account = {
  base_url: document.servers[0]!.url,
  username: password!.value.username!,
  password: password!.value.password!,
  client_id: password!.value.client_id!,
  client_secret: password!.value.client_secret!,
  bundle_key: photo!.value.bundle_key!,
};

const secret = new Set<string>(['password', 'client_secret']);

/** What an environment says outranks the collection's own, which work without any. */
export const environment = {
  name: 'ID Cropper, simulated: demo account',
  values: Object.entries(account).map(([key, value]) => ({
    key,
    value,
    type: secret.has(key) ? 'secret' : 'default',
    enabled: true,
  })),
  _postman_variable_scope: 'environment',
};

export const collectionVariables = [
  ...Object.entries(account).map(([key, value]) => ({ key, value })),
  { key: 'access_token', value: '', description: 'Fetched by the script before each request.' },
  { key: 'token_expires_at', value: '0' },
  { key: 'photo', value: photo!.value.img!, description: 'A photo of a fictional card, in base64.' },
];
