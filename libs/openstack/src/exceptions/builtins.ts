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

/** Python's `IOError` with `errno.EPIPE`: bytes that are not what they should be. */
export class IOError extends Error {
  override readonly name = 'IOError';
  readonly code = 'EPIPE';
}

/** Python's `RuntimeError`: what has no exception of its own. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
}
