import type { Span } from '@bootlab/trace-model';
import { Injectable } from '@nestjs/common';
import { Arrivals } from './arrivals';
import { SpanWriter } from './span-writer';

/** Spans of one transaction, so that none takes long, and spans that may wait for one. */
const BATCH = 2000;
const MOST_WAITING = 100_000;

interface Waiting {
  spans: readonly Span[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** More spans wait to be written than memory should hold. The sender may try again. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
}

/** Takes spans from many requests at once and writes what has gathered in one transaction after another. */
@Injectable()
export class SpanQueue {
  #waiting: Waiting[] = [];
  #spansWaiting = 0;
  #writing = false;

  constructor(
    private readonly writer: SpanWriter,
    private readonly arrivals: Arrivals,
  ) {}

  /** Resolves once the spans are committed. @throws QueueFullError, DatabaseError */
  add(spans: readonly Span[]): Promise<void> {
    if (spans.length === 0) return Promise.resolve();
    if (this.#spansWaiting > MOST_WAITING) {
      return Promise.reject(
        new QueueFullError(`${this.#spansWaiting} spans wait to be stored; send these again later.`),
      );
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ spans, resolve, reject });
      this.#spansWaiting += spans.length;
      if (!this.#writing) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      const spans = batch.length === 1 ? batch[0]!.spans : batch.flatMap((waiting) => waiting.spans);
      try {
        await this.writer.write(spans);
        this.arrivals.announce(spans);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      this.#spansWaiting -= spans.length;
    }
    this.#writing = false;
  }

  /** As many requests as fit into one transaction, and at least one. */
  #takeBatch(): Waiting[] {
    let spans = 0;
    let end = 0;
    while (end < this.#waiting.length && (end === 0 || spans + this.#waiting[end]!.spans.length <= BATCH)) {
      spans += this.#waiting[end++]!.spans.length;
    }
    return this.#waiting.splice(0, end);
  }
}
