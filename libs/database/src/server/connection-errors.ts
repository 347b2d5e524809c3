import type { FailureKind } from '../errors';

/** What Node.js says of a socket that was never open: nothing was sent. */
const NEVER_OPEN = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT'];
const BROKEN = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED'];

/** What a failed socket means for a statement; undefined for other errors. */
export function socketFailure(code: string | undefined): FailureKind | undefined {
  if (code === undefined) return undefined;
  if (NEVER_OPEN.includes(code)) return 'disconnected';
  return BROKEN.includes(code) ? 'interrupted' : undefined;
}
