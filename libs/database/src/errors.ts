/** A database that cannot be opened, with the reason and the next step in one sentence. */
export class OpenError extends Error {
  override readonly name = 'OpenError';
}

/**
 * What a failure of a statement says about trying again:
 * - `duplicate`: a row with the same key is there already;
 * - `conflict`: a deadlock or a failed serialization, the transaction is taken back and may be tried again;
 * - `disconnected`: the server was away or ended the connection, and did not do what was asked;
 * - `interrupted`: the connection broke, and nobody knows whether the statement was done;
 * - `refused`: anything else, which would fail again.
 */
export type FailureKind = 'duplicate' | 'conflict' | 'disconnected' | 'interrupted' | 'refused';

/**
 * A statement that the database refused, or that did not reach it. `code` is the engine's, e.g. `SQLITE_CONSTRAINT`, `1062`
 * or `23505`; `sql` has placeholders where values were.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';

  constructor(
    message: string,
    readonly code: string,
    readonly sql: string,
    readonly kind: FailureKind = 'refused',
  ) {
    super(message);
  }
}

/** Whether a statement failed because a row with the same key, or the same value of a unique column, is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === 'duplicate';
}
