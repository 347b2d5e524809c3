/** Nest's patterns for the two kinds of messages; which method is meant stands in the message itself. */
export const CALL = 'oslo.call';
export const CAST = 'oslo.cast';
