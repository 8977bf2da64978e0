import type { AccountAnswer } from '../../control/accounts.js';
import type { Again } from './again.js';

/** As a POSIX shell reads it. */
export const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const continued = ' \\\n  ';

/**
 * A call as commands for a shell, with all that it needs: a token, its photo, itself.
 *
 * @param origin of the server, such as `http://127.0.0.1:3000`
 * @param photoUrl where the photo is to be had
 * @param needsControlToken whether the photo is: `CONTROL_TOKEN` is to hold it
 */
export function asCurl(again: Again, origin: string, photoUrl: string, needsControlToken = false): string {
  const { method, path, headers, body, tokenOf } = again;
  const token = tokenOf ? [`TOKEN=$(${tokenCommand(tokenOf, origin)})`] : [];
  const hasPhoto = body.kind === 'json' && body.hasPhoto;
  const access = needsControlToken ? ` -H "Authorization: Bearer $CONTROL_TOKEN"` : '';
  const photo = hasPhoto ? [`curl -sS ${quote(photoUrl)}${access} -o photo`] : [];
  const parts = [
    `curl -sS ${method === 'POST' || method === 'GET' ? '' : `-X ${method} `}${quote(origin + path)}`,
    ...(tokenOf ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...dataOf(again),
  ];
  const call = parts.join(continued);
  return [...token, ...photo, hasPhoto ? `${jsonWithPhoto(body.fields)} |${continued}${call}` : call].join(
    '\n',
  );
}

function dataOf({ method, body }: Again): string[] {
  if (body.kind === 'form') return Object.entries(body.fields).map(formField);
  if (body.kind === 'none') return method === 'POST' ? ["-d ''"] : [];
  return [body.hasPhoto ? '--data-binary @-' : `-d ${quote(JSON.stringify(body.fields))}`];
}

const formField = ([name, value]: readonly [string, string]) =>
  `--data-urlencode ${quote(`${name}=${value}`)}`;

/** No shell takes a photo as an argument: its base64 comes through a pipe. */
function jsonWithPhoto(fields: Readonly<Record<string, unknown>>): string {
  const others = JSON.stringify(fields).replace(/^\{|\}$/g, '');
  const head = `{${others}${others === '' ? '' : ','}"img":"`;
  return `{ printf %s ${quote(head)}; base64 < photo | tr -d '\\n'; printf '"}'; }`;
}

const tokenCommand = (
  { username, password, clientId, clientSecret }: AccountAnswer,
  origin: string,
): string => {
  const fields = {
    grant_type: 'password',
    username,
    password,
    client_id: clientId,
    client_secret: clientSecret,
  };
  const data = Object.entries(fields).map(formField).join(' ');
  return `curl -sS ${quote(`${origin}/api/o/token/`)} ${data} | sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/'`;
};

/** For the page before the first call: the photo is the server's own example. */
export function firstCallAsCurl(account: AccountAnswer, origin: string): string {
  const again: Again = {
    method: 'POST',
    path: '/api/v1/id_cropper_register',
    headers: { 'content-type': 'application/json' },
    body: { kind: 'json', fields: { bundle_key: account.bundles[0]?.key ?? '' }, hasPhoto: true },
    tokenOf: account,
  };
  return asCurl(again, origin, `${origin}/docs/card-on-table.jpg`);
}
