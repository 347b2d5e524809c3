import { randomBytes } from 'node:crypto';

/**
 * Headers of a request that belongs to no trace: its trace context says "not sampled", so no service records spans for it.
 * For look-ups and polling, which are no part of what a learner wants to see.
 */
export function unsampled(): Record<string, string> {
  return { traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00` };
}
