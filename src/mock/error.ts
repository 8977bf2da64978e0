/**
 * A call of the client that was not carried out.
 *
 * @example
 * await t.rejects(mock.next('nix' as ScenarioName), { status: 422, detail: /there are ok, bad-request/ });
 */
export class MockError extends Error {
  override readonly name = 'MockError';

  constructor(
    /** Of the control API's answer; null where none came. */
    readonly status: number | null,
    /** What was wrong, and what is allowed. */
    readonly detail: string,
    /** Every single thing that was wrong, where there may be several. */
    readonly problems: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}
