import type { ConfirmChannel } from 'amqplib';
import type { Envelope } from '../message';
import type { Prepare, RabbitChannel } from './channel';
import type { Topology } from './topology';

/** Notifications that a queue keeps while nobody takes them; the oldest go first. The original keeps all. */
const KEPT = 10_000;

/** Sends notifications. As in the original it declares the queue of a topic, so that what nobody reads yet is kept. */
export class NotificationChannel {
  readonly #topics = new Set<string>();
  readonly #channel: RabbitChannel;

  constructor(
    private readonly topology: Topology,
    open: (prepare: Prepare) => RabbitChannel,
  ) {
    this.#channel = open(async (channel) => {
      await topology.declareExchange(channel);
      for (const topic of this.#topics) await this.#declare(channel, topic);
    });
  }

  async send(topic: string, id: string, envelope: Envelope, deadline: number): Promise<void> {
    const channel = await this.#channel.ready(deadline);
    if (!this.#topics.has(topic)) {
      await this.#declare(channel, topic);
      this.#topics.add(topic);
    }
    const content = Buffer.from(JSON.stringify(envelope));
    const properties = { contentType: 'application/json', contentEncoding: 'utf-8' };
    await this.#channel.publish(this.topology.exchange, topic, content, id, properties, deadline);
  }

  async close(): Promise<void> {
    await this.#channel.close();
  }

  async #declare(channel: ConfirmChannel, topic: string): Promise<void> {
    await this.topology.declareTopic(channel, topic, { maxLength: KEPT });
  }
}
