import type { Span } from '@bootlab/trace-model';
import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { Readable } from 'node:stream';
import { LAB_OPTIONS, LabOptions } from '../lab-options';
import { SpanQueue } from '../store/span-queue';
import { MemoryBudget } from './memory-budget';
import { unpack } from './unpack';

/** The body of a request, and how it is packed. */
export interface Packed {
  body: Readable | undefined;
  encoding: string | undefined;
}

/** What all ways into the store have in common. */
@Injectable()
export class SpanReceiver {
  constructor(
    @Inject(LAB_OPTIONS) private readonly options: LabOptions,
    private readonly queue: SpanQueue,
    private readonly budget: MemoryBudget,
  ) {}

  /**
   * Does something with the body of a request, which counts against what all requests may hold until it is done.
   * @throws 400, 413, 415 or 503 in one sentence
   */
  async read<T>({ body, encoding }: Packed, use: (bytes: Buffer) => T | Promise<T>): Promise<T> {
    const share = this.budget.share();
    try {
      const bounds = { mostBytes: this.options.maxRequestBytes, take: share.take };
      const bytes = await unpack(body ?? Readable.from([]), encoding, bounds);
      return await share.inTurn(() => use(bytes));
    } finally {
      share.giveBack();
    }
  }

  /** Resolves once the spans are stored for good. @throws 503, which asks the sender to try again later */
  async store(spans: readonly Span[]): Promise<void> {
    try {
      await this.queue.add(spans);
    } catch (error) {
      throw new ServiceUnavailableException(`The spans are not stored: ${(error as Error).message}`, { cause: error });
    }
  }
}
