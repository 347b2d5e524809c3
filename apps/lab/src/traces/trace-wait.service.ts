import { compareNano, Completeness, completeness, Span } from '@bootlab/trace-model';
import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Arrivals } from '../store/arrivals';
import { TraceQueries } from '../store/trace-queries';

export interface AwaitedTrace extends Completeness {
  traceId: string;
  spans: Span[];
}

/** Waits for traces to become complete. */
@Injectable()
export class TraceWaitService implements BeforeApplicationShutdown {
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly queries: TraceQueries,
    private readonly arrivals: Arrivals,
  ) {}

  /**
   * The trace as soon as it is complete, judged anew with each lot of its spans that arrives; or as it is after `timeoutMs`,
   * when `gone` aborts, or when the lab stops.
   */
  async untilComplete(traceId: string, timeoutMs: number, gone: AbortSignal): Promise<AwaitedTrace> {
    const spans = new Map<string, Span>();
    let wake: () => void = () => undefined;
    let over = false;
    const add = (lot: readonly Span[]) => {
      for (const span of lot) if (!spans.has(span.spanId)) spans.set(span.spanId, span);
      wake();
    };
    const end = () => {
      over = true;
      wake();
    };
    // Listen first and look second, or spans that arrive in between are missed.
    const stopListening = this.arrivals.listen(traceId, add);
    const timer = setTimeout(end, timeoutMs);
    gone.addEventListener('abort', end);
    this.#waiting.add(end);
    try {
      add(await this.queries.spansOf(traceId));
      for (;;) {
        const verdict = completeness(spans.values());
        if (verdict.complete || over) return { traceId, ...verdict, spans: inOrder(spans) };
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stopListening();
      clearTimeout(timer);
      this.#waiting.delete(end);
    }
  }

  /** Whoever still waits gets what there is. */
  beforeApplicationShutdown(): void {
    for (const end of this.#waiting) end();
  }
}

function inOrder(spans: ReadonlyMap<string, Span>): Span[] {
  return [...spans.values()].sort((a, b) => compareNano(a.startTimeUnixNano, b.startTimeUnixNano));
}
