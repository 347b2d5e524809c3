import type { HrTime } from '@opentelemetry/api';
import type { tracing } from '@opentelemetry/sdk-node';

/** Beyond this the machine slept or its clock was set, and the two clocks are laid on each other anew. */
const LARGEST_DRIFT_MS = 5;

let origin = performance.timeOrigin;

/** Unix time to the microsecond, which `Date.now()` does not give. */
export function preciseNow(): HrTime {
  const wall = Date.now();
  if (Math.abs(origin + performance.now() - wall) > LARGEST_DRIFT_MS) origin = wall - performance.now();
  const ms = origin + performance.now();
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}

/**
 * Gives every span a start to the microsecond. The SDK rounds starts to milliseconds, so that hops of one millisecond would lose their
 * order; it measures durations exactly, so ends become exact with the start.
 */
export class PreciseStartProcessor implements tracing.SpanProcessor {
  onStart(span: tracing.Span): void {
    (span as { startTime: HrTime }).startTime = preciseNow();
  }

  onEnd(): void {}

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}
