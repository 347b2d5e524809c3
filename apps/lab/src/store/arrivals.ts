import type { Span } from '@bootlab/trace-model';
import { Injectable } from '@nestjs/common';

type Listener = (spans: readonly Span[]) => void;

/** Tells whoever waits for a trace of its spans as they are committed. */
@Injectable()
export class Arrivals {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #ofAll: Listener[] = [];

  /** Calls `listener` with each lot of spans of the trace from now on, until the function it gives is called. */
  listen(traceId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(traceId) ?? new Set();
    this.#listeners.set(traceId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(traceId);
    };
  }

  /** Calls `listener` with every lot of spans from now on. */
  listenToAll(listener: Listener): void {
    this.#ofAll.push(listener);
  }

  announce(spans: readonly Span[]): void {
    for (const listener of this.#ofAll) listener(spans);
    if (this.#listeners.size === 0) return;
    const awaited = new Map<string, Span[]>();
    for (const span of spans) {
      if (!this.#listeners.has(span.traceId)) continue;
      const lot = awaited.get(span.traceId);
      if (lot) lot.push(span);
      else awaited.set(span.traceId, [span]);
    }
    for (const [traceId, lot] of awaited) for (const listener of this.#listeners.get(traceId)!) listener(lot);
  }
}
