import { context, propagation, trace } from '@opentelemetry/api';
import { node, tracing } from '@opentelemetry/sdk-node';
import { setImmediate } from 'node:timers/promises';

/** Records every span of this process, and knows which have not ended: while there is one, somebody is at work. */
export class RecordedSpans implements tracing.SpanProcessor {
  readonly finished: tracing.ReadableSpan[] = [];
  readonly #provider: node.NodeTracerProvider;
  #open = 0;

  constructor() {
    this.#provider = new node.NodeTracerProvider({ spanProcessors: [this] });
    this.#provider.register();
  }

  onStart(): void {
    this.#open += 1;
  }

  onEnd(span: tracing.ReadableSpan): void {
    this.#open -= 1;
    this.finished.push(span);
  }

  async quiet(): Promise<void> {
    while (this.#open > 0) await setImmediate();
  }

  async stop(): Promise<void> {
    await this.#provider.shutdown();
    trace.disable();
    context.disable();
    propagation.disable();
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}
