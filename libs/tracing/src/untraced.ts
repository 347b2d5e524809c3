import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { randomBytes } from 'node:crypto';

/** Runs work that no request asked for: as part of a trace that nobody records, here and in the services it calls. */
export function untraced<T>(work: () => T): T {
  const traceId = randomBytes(16).toString('hex');
  const spanId = randomBytes(8).toString('hex');
  return context.with(trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.NONE }), work);
}

/** Runs work that no request asked for, as a trace of its own. */
export function ownTrace<T>(work: () => T): T {
  return context.with(ROOT_CONTEXT, work);
}
