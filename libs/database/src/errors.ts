/** A database that cannot be opened, with the reason and the next step in one sentence. */
export class OpenError extends Error {
  override readonly name = 'OpenError';
}

/** A statement that the database refused. `code` is the engine's, e.g. `SQLITE_CONSTRAINT`; `sql` has `?` where values were. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';

  constructor(
    message: string,
    readonly code: string,
    readonly sql: string,
  ) {
    super(message);
  }
}

/** Whether a statement failed because a row with the same key, or the same value of a unique column, is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof DatabaseError && /(UNIQUE|PRIMARY KEY) constraint failed/.test(error.message);
}
