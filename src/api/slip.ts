/** Slips that are seen again and again in what is sent as a name or a secret, for the log; never the value itself. */
const slips: readonly (readonly [mend: (sent: string) => string, slip: string])[] = [
  [(sent) => sent.trim(), 'it has white space or a line break at an end'],
  [(sent) => sent.replaceAll(' ', '+'), 'in a form + stands for a blank; send %2B'],
  [decodeTwice, 'it is percent-encoded twice'],
  [(sent) => (/^["']/.test(sent) ? sent.replace(/^(["'])(.*)\1$/, '$2') : sent), 'it stands in quotes'],
];

/** What makes a value that was sent the right one; `undefined` where nothing that we know does. */
export async function slipOf(
  sent: string,
  isRight: (mended: string) => boolean | Promise<boolean>,
): Promise<string | undefined> {
  for (const [mend, slip] of slips) {
    const mended = mend(sent);
    if (mended !== sent && (await isRight(mended))) return slip;
  }
  return undefined;
}

function decodeTwice(sent: string): string {
  if (!sent.includes('%')) return sent;
  try {
    return decodeURIComponent(sent);
  } catch {
    return sent;
  }
}
