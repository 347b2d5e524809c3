import { Mutex } from 'async-mutex';
import type { RabbitChannel } from './channel';

/**
 * The exchanges that callers have named for their answers. The broker closes a channel that publishes to an exchange that is
 * not there; so that no other answer suffers, a name is looked up on a channel of its own before the first answer to it.
 */
export class ReplyExchanges {
  readonly #found = new Set<string>();
  readonly #oneAtATime = new Mutex();

  /** @param lookups used for nothing else */
  constructor(private readonly lookups: RabbitChannel) {}

  /** @param deadline of `performance.now()` @throws Error when there is no such exchange, or no broker */
  async find(name: string, deadline: number): Promise<void> {
    if (this.#found.has(name)) return;
    await this.#oneAtATime.runExclusive(async () => {
      const channel = await this.lookups.ready(deadline);
      await channel.checkExchange(name);
    });
    this.#found.add(name);
  }

  /** It may be gone: the next {@link find} looks again. */
  forget(name: string): void {
    this.#found.delete(name);
  }

  async close(): Promise<void> {
    await this.lookups.close();
  }
}
