import { LabLogger } from '@bootlab/tracing';
import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';

/** Copies from external sources that go on after their request is answered. They end before the service does. */
@Injectable()
export class BackgroundCopies implements BeforeApplicationShutdown {
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(private readonly logger: LabLogger) {}

  /** Says when copies have to end early. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** @param copy cleans up behind itself when it fails; its failure is logged here */
  spawn(imageId: string, copy: () => Promise<unknown>): void {
    const running = copy()
      .then(
        () => undefined,
        (error: Error) => this.logger.error(`Copying image ${imageId} failed: ${error.message}`),
      )
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort(new Error('glance-api is stopping.'));
    await Promise.all(this.#running);
  }
}
