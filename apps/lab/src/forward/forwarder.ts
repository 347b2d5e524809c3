import type { Span } from '@bootlab/trace-model';
import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { LAB_OPTIONS, LabOptions } from '../lab-options';
import { Arrivals } from '../store/arrivals';
import { ForwardQueue, ForwardStatus } from './forward-queue';

const STOP_GRACE_MS = 3_000;

/** Passes on every span that was stored to the receiver of `forward_to`, such as a real Jaeger. */
@Injectable()
export class Forwarder implements OnModuleInit, BeforeApplicationShutdown {
  readonly #logger = new Logger('forward');
  readonly #queue?: ForwardQueue;

  constructor(
    @Inject(LAB_OPTIONS) { forwardTo }: LabOptions,
    private readonly arrivals: Arrivals,
  ) {
    if (!forwardTo) return;
    this.#queue = new ForwardQueue(forwardTo, { tell: (level, message) => this.#logger[level](message) });
  }

  /** Undefined when nothing is forwarded. */
  get status(): ForwardStatus | undefined {
    return this.#queue?.status;
  }

  onModuleInit(): void {
    const queue = this.#queue;
    if (queue) this.arrivals.listenToAll((spans: readonly Span[]) => queue.add(spans));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#queue?.stop(STOP_GRACE_MS);
  }
}
