import { cropperService } from '../config/settings.js';
import type { Context } from '../exchange/context.js';
import type { AccessToken } from '../state/store.js';
import { bearerOf, type Disguised, disguiseCrop, disguiseLogin, type Names } from './disguise.js';
import type { Ledger, Pair } from './ledger.js';
import { membersOfText, type Recorded } from './recorded.js';
import { leftBefore } from './trials.js';

/** Nobody has this one, whatever it is. */
const wrong = 'ffffffffffffffffffffffffffffffff';

type OwnNames = Omit<Names, 'refreshToken' | 'accessToken'>;

/**
 * Under which names this server is asked: those of its first account, or wrong ones where the upstream has found its own wrong. Which of its
 * passwords, tokens and bundle keys are right, and how many trials are left, only the upstream can know.
 * @returns a text where that cannot be told from its answer
 */
export function createNames(context: Context, ledger: Ledger) {
  const { store, clocks, config } = context;

  function issue({ username, clientId }: OwnNames): Promise<AccessToken> {
    const nowMs = clocks.of(username).now();
    const times = { issuedAtMs: nowMs, expiresAtMs: nowMs + config.tokenLifetime * 1000 };
    return store.issueToken({ username, clientId, scope: 'read write', ...times });
  }

  async function disguise(recorded: Recorded): Promise<Disguised | string> {
    const names = ownNames(context);
    if (names === undefined) return 'no account of this server has a bundle with the cropper';
    return recorded.endpoint === 'token'
      ? disguiseTokenCall(recorded, names)
      : disguiseOther(recorded, names);
  }

  async function disguiseTokenCall(recorded: Recorded, names: OwnNames): Promise<Disguised | string> {
    const { headers, body, theirs, text } = recorded;
    const refreshToken = await ownRefreshToken(recorded, names);
    const all = { ...names, ...wrongAtLogin(theirs.status, text), refreshToken, accessToken: wrong };
    return disguiseLogin(headers, body, all) ?? 'its form is multipart';
  }

  async function ownRefreshToken({ body, theirs }: Recorded, names: OwnNames): Promise<string> {
    const given = /(?:^|&)refresh_token=([^&]+)/.exec(body.subarray(0, longestForm).toString('latin1'))?.[1];
    if (given === undefined || theirs.status >= 400) return wrong;
    return ledger.findRefresh(decode(given)) ?? (await issue(names)).refreshToken;
  }

  async function disguiseOther(recorded: Recorded, names: OwnNames): Promise<Disguised | string> {
    const { headers, body, theirs, endpoint } = recorded;
    const accessToken = endpoint === 'crop' ? await ownToken(recorded, names) : wrong;
    if (accessToken === undefined)
      return 'whether its token or its bundle key was wrong, only the upstream knows';
    const bundleKey = theirs.status === 401 ? wrong : names.bundleKey;
    return disguiseCrop(headers, body, { ...names, refreshToken: wrong, accessToken, bundleKey });
  }

  async function ownToken(recorded: Recorded, names: OwnNames): Promise<string | undefined> {
    const given = bearerOf(recorded.headers);
    if (given === undefined) return wrong;
    const pair = ledger.find(given) ?? (await meet(given, recorded.theirs.status, names));
    if (pair === undefined) return isBefore(recorded.theirs.status) ? wrong : undefined;
    const left = leftBefore(pair, recorded);
    if (left !== undefined) await store.setTrials(pair.accessToken, cropperService, left);
    return pair.accessToken;
  }

  /** A token whose login was not seen here is right where it has opened something. */
  async function meet(given: string, status: number, names: OwnNames): Promise<Pair | undefined> {
    if (!hasOpened.has(status)) return undefined;
    return ledger.add(given, (await issue(names)).accessToken, false);
  }

  /** The token that the upstream has just issued, and the one that stands for it from now on. */
  async function learnLogin({ text }: Recorded, own: string): Promise<void> {
    const { access_token: given, refresh_token: refresh, expires_in: lifetime } = membersOfText(text);
    const names = ownNames(context);
    if (typeof given !== 'string' || names === undefined) return;
    const { access_token: issued } = membersOfText(own);
    const token = (await store.findToken(String(issued ?? ''))) ?? (await issue(names));
    ledger.add(given, token.accessToken, true);
    if (typeof refresh === 'string') ledger.addRefresh(refresh, token.refreshToken);
    const expiresAtMs = token.issuedAtMs + Number(lifetime) * 1000;
    if (Number.isFinite(expiresAtMs)) await store.changeToken(token.accessToken, { expiresAtMs });
  }

  return { disguise, learnLogin };
}

/** What is answered behind the token only. */
const hasOpened: ReadonlySet<number> = new Set([200, 400, 415, 422]);
/** What is answered to a wrong token, or before anybody has looked at it. */
const isBefore = (status: number) =>
  status === 403 || status === 404 || status === 405 || (status >= 300 && status < 400);

/** A form that is longer is none. */
const longestForm = 64 * 1024;

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function ownNames({ config }: Context): OwnNames | undefined {
  for (const { bundles, ...account } of config.accounts) {
    const bundle = bundles.find(({ services }) => services.includes(cropperService));
    if (bundle !== undefined) {
      const { username, password, clientId, clientSecret } = account;
      return { username, password, clientId, clientSecret, bundleKey: bundle.key };
    }
  }
  return undefined;
}

function wrongAtLogin(status: number, text: string): Partial<Names> {
  const { error } = membersOfText(text);
  if (error === 'invalid_client' || status === 401) return { clientSecret: wrong };
  return error === 'invalid_grant' ? { password: wrong } : {};
}
