import { node, tracing } from '@opentelemetry/sdk-node';

export interface RecordedHop {
  id: string;
  attributes: tracing.ReadableSpan['attributes'];
  parent?: RecordedHop;
}

/** Keeps the hops of this process in the order in which they begin. */
export class HopRecorder implements tracing.SpanProcessor {
  readonly #provider = new node.NodeTracerProvider({ spanProcessors: [this] });
  readonly #spans: tracing.ReadableSpan[] = [];

  constructor() {
    this.#provider.register();
  }

  onStart(span: tracing.Span): void {
    this.#spans.push(span);
  }

  onEnd(): void {}

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  clear(): void {
    this.#spans.length = 0;
  }

  /** Each hop with the hop above it. */
  hops(): RecordedHop[] {
    const bySpan = new Map<string, RecordedHop>();
    return this.#spans.flatMap((span) => {
      const { attributes, parentSpanContext } = span;
      const id = attributes['code.function.name'];
      const parent = bySpan.get(parentSpanContext?.spanId ?? '');
      const hop = typeof id === 'string' ? { id, attributes, parent } : undefined;
      const nearest = hop ?? parent;
      if (nearest) bySpan.set(span.spanContext().spanId, nearest);
      return hop ?? [];
    });
  }

  async close(): Promise<void> {
    await this.#provider.shutdown();
  }
}

/** Class and function of each hop, two spaces for each hop above it. */
export function outline(hops: RecordedHop[]): string[] {
  const depth = ({ parent }: RecordedHop): number => (parent ? depth(parent) + 1 : 0);
  return hops.map((hop) => '  '.repeat(depth(hop)) + hop.id.split('.').slice(-2).join('.'));
}
