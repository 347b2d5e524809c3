import type { Envelope } from '../message';

/** What became of a message: done once it needs no other delivery, with the answer when it is a call. */
export interface Delivery {
  settled: Promise<unknown>;
  answer?: Promise<Envelope>;
}

/** Messages remembered; the original remembers 16. */
const REMEMBERED = 4096;

/**
 * The messages that came lately, by `_unique_id`: one that comes again is not worked on again.
 * Plays `oslo_messaging._drivers.amqp._MsgIdCache`.
 */
export class Deliveries {
  readonly #known = new Map<string, Delivery>();

  find(uniqueId: unknown): Delivery | undefined {
    return typeof uniqueId === 'string' ? this.#known.get(uniqueId) : undefined;
  }

  add(uniqueId: string, delivery: Delivery): void {
    this.#known.set(uniqueId, delivery);
    for (const [oldest] of this.#known) {
      if (this.#known.size <= REMEMBERED) break;
      this.#known.delete(oldest);
    }
  }
}
