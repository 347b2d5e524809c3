/** Bytes that are read of a body that is refused, for the sake of clients that read the answer only once they have sent everything. */
export const PATIENCE = 64 * 1024 * 1024;
