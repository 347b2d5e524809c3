/** Python's `ValueError`: a value that its field cannot hold. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}

/** Python's `OSError`: the operating system refused. `code` is its reason, e.g. `ENOSPC`. */
export class OSError extends Error {
  override readonly name = 'OSError';

  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
