import type { Channel, Options } from 'amqplib';
import { randomUUID } from 'node:crypto';
import type { RabbitOptions } from './options';

const MS_PER_S = 1000;
/** The exchanges of the original, whose queues bear the bare names of their topics. */
const ORIGINAL = ['nova', 'glance'];

/** `reply` → `reply_0123456789abcdef…`. */
export function uniqueName(kind: string): string {
  return `${kind}_${randomUUID().replaceAll('-', '')}`;
}

/**
 * Declares exchanges and queues as oslo.messaging does. With an exchange of another name the queues have it in front,
 * so that several labs share one broker; the original keeps clouds apart by virtual hosts alone.
 */
export class Topology {
  readonly exchange: string;
  readonly #prefix: string;
  readonly #shared: { durable: boolean; autoDelete: boolean };
  readonly #transient: Options.AssertQueue;

  constructor(options: RabbitOptions) {
    this.exchange = options.control_exchange;
    this.#prefix = ORIGINAL.includes(this.exchange) ? '' : `${this.exchange}.`;
    this.#shared = { durable: options.amqp_durable_queues, autoDelete: options.amqp_auto_delete };
    this.#transient = {
      durable: false,
      autoDelete: false,
      expires: options.rabbit_transient_queues_ttl * MS_PER_S,
    };
  }

  /** The queue of a topic. */
  queueOf(topic: string): string {
    return `${this.#prefix}${topic}`;
  }

  /** The topic exchange that casts and calls go through. */
  async declareExchange(channel: Channel): Promise<void> {
    await channel.assertExchange(this.exchange, 'topic', this.#shared);
  }

  /** A queue that gets the messages with its name as routing key. Gives the queue's name. */
  async declareTopic(channel: Channel, topic: string, extra: Options.AssertQueue = {}): Promise<string> {
    const queue = this.queueOf(topic);
    await channel.assertQueue(queue, { ...this.#shared, ...extra });
    await channel.bindQueue(queue, this.exchange, topic);
    return queue;
  }

  /** The queue through which one server gets what goes to all of a topic. */
  async declareFanout(channel: Channel, topic: string, queue: string): Promise<string> {
    const exchange = `${this.#prefix}${topic}_fanout`;
    await channel.assertExchange(exchange, 'fanout', { durable: false, autoDelete: true });
    await channel.assertQueue(`${this.#prefix}${queue}`, this.#transient);
    await channel.bindQueue(`${this.#prefix}${queue}`, exchange, '');
    return `${this.#prefix}${queue}`;
  }

  async deleteFanout(channel: Channel, queue: string): Promise<void> {
    await channel.deleteQueue(`${this.#prefix}${queue}`);
  }

  /** The queue for the answers to one process, and an exchange of the same name. */
  async declareReply(channel: Channel, name: string): Promise<void> {
    await channel.assertExchange(name, 'direct', { durable: false, autoDelete: true });
    await channel.assertQueue(name, this.#transient);
    await channel.bindQueue(name, name, name);
  }
}
