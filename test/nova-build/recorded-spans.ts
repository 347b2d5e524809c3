import { node, tracing } from '@opentelemetry/sdk-node';
import { setImmediate } from 'node:timers/promises';

/** Records every span of this process, and knows which have not ended: while there is one, somebody is at work. */
class RecordedSpans implements tracing.SpanProcessor {
  /** In the order in which they began. */
  readonly started: tracing.ReadableSpan[] = [];
  /** In the order in which they ended. */
  readonly ended: tracing.ReadableSpan[] = [];

  onStart(span: tracing.Span): void {
    this.started.push(span);
  }

  onEnd(span: tracing.ReadableSpan): void {
    this.ended.push(span);
  }

  forget(): void {
    this.started.length = 0;
    this.ended.length = 0;
  }

  async quiet(): Promise<void> {
    while (this.ended.length < this.started.length) await setImmediate();
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

export const recordedSpans = new RecordedSpans();

new node.NodeTracerProvider({ spanProcessors: [recordedSpans] }).register();
