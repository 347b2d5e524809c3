import type { Span } from '@bootlab/trace-model';
import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { LAB_OPTIONS, LabOptions } from '../lab-options';
import { SpanQueue } from '../store/span-queue';
import { unpack } from './unpack';

/** What all ways into the store have in common. */
@Injectable()
export class SpanReceiver {
  constructor(
    @Inject(LAB_OPTIONS) private readonly options: LabOptions,
    private readonly queue: SpanQueue,
  ) {}

  /** The body without its `content-encoding`. @throws 400, 413 or 415 in one sentence */
  unpack(body: Buffer | undefined, encoding: string | undefined): Promise<Buffer> {
    return unpack(body ?? Buffer.alloc(0), encoding, this.options.maxRequestBytes);
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
