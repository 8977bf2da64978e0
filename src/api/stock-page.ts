import { STATUS_CODES } from 'node:http';

/** Thrown where the stock stack has no answer of its own at the token endpoint, and Django sends its page. */
export class StockPage extends Error {
  override readonly name = 'StockPage';

  constructor(
    readonly status: 400 | 500,
    /** For the log. */
    readonly reason: string,
  ) {
    super(`${status}: ${reason}`);
  }

  /** To the letter. */
  get html(): string {
    const title = `${this.status === 500 ? 'Server Error' : STATUS_CODES[this.status]} (${this.status})`;
    return `
<!doctype html>
<html lang="en">
<head>
  <title>${title}</title>
</head>
<body>
  <h1>${title}</h1><p></p>
</body>
</html>
`;
  }
}
