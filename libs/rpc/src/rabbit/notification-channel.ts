import type { Envelope } from '../message';
import type { Prepare, RabbitChannel } from './channel';
import type { Topology } from './topology';

/** Notifications that a queue keeps while nobody takes them; the oldest go first. The original keeps all. */
const KEPT = 10_000;

/** Sends notifications. As in the original it declares the queue of a topic, so that what nobody reads yet is kept. */
export class NotificationChannel {
  /** The topics whose queues the channel there is now has declared. */
  readonly #declared = new Set<string>();
  /** Settles when the one sent last may go; so they go in their order, though a first one waits for its queue. */
  #last: Promise<void> = Promise.resolve();
  readonly #channel: RabbitChannel;

  constructor(
    private readonly topology: Topology,
    open: (prepare: Prepare) => RabbitChannel,
  ) {
    this.#channel = open(async (channel) => {
      this.#declared.clear();
      await topology.declareExchange(channel);
    });
  }

  async send(topic: string, id: string, envelope: Envelope, deadline: number): Promise<void> {
    const ready = this.#last.then(() => this.#queueFor(topic, deadline));
    this.#last = ready.catch(() => undefined);
    await ready;
    const content = Buffer.from(JSON.stringify(envelope));
    const properties = { contentType: 'application/json', contentEncoding: 'utf-8' };
    await this.#channel.publish(this.topology.exchange, topic, content, id, properties, deadline);
  }

  async close(): Promise<void> {
    await this.#channel.close();
  }

  async #queueFor(topic: string, deadline: number): Promise<void> {
    const channel = await this.#channel.ready(deadline);
    if (this.#declared.has(topic)) return;
    await this.topology.declareTopic(channel, topic, { maxLength: KEPT });
    this.#declared.add(topic);
  }
}
