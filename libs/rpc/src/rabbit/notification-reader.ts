import type { ConfirmChannel, GetMessage, Message } from 'amqplib';
import { open } from '../message';
import type { Notification } from '../notifier';
import type { Tell } from '../transport';
import { RabbitChannel } from './channel';
import { RabbitConnection } from './connection';
import type { RabbitOptions } from './options';
import { Topology } from './topology';
import { parseRabbitUrl } from './transport-url';

const PATIENCE_MS = 5_000;

/** Reads the notifications of an exchange and takes none away. Plays `oslo_messaging.get_notification_listener`. */
export class NotificationReader {
  readonly #connection: RabbitConnection;
  readonly #topology: Topology;
  readonly #channels: RabbitChannel[] = [];

  /** @param topics without priority, e.g. `notifications` */
  constructor(
    url: string,
    options: RabbitOptions,
    private readonly topics: readonly string[],
    private readonly tell: Tell,
  ) {
    this.#connection = new RabbitConnection(parseRabbitUrl(url), options, tell);
    this.#topology = new Topology(options);
  }

  /** What the queues of the topics keep now, each queue oldest first. @throws Error when the broker does not answer */
  async kept(): Promise<Notification[]> {
    const kept: Notification[] = [];
    for (const topic of this.topics) {
      for (const priority of ['info', 'error']) kept.push(...(await this.#peek(`${topic}.${priority}`)));
    }
    return kept;
  }

  /** Calls `take` for each notification from now on, also after the broker was away. @throws Error as {@link kept} */
  async follow(take: (notification: Notification) => void): Promise<void> {
    const channel = this.#channel(async (opened) => {
      await this.#topology.declareExchange(opened);
      const { queue } = await opened.assertQueue('', { exclusive: true, autoDelete: true });
      for (const topic of this.topics) await opened.bindQueue(queue, this.#topology.exchange, `${topic}.*`);
      const read = (message: Message | null) => {
        const notification = message && this.#read(message);
        if (notification) take(notification);
      };
      await opened.consume(queue, read, { noAck: true });
    });
    await channel.ready(performance.now() + PATIENCE_MS);
  }

  async close(): Promise<void> {
    await Promise.all(this.#channels.map((channel) => channel.close()));
    await this.#connection.close();
  }

  #channel(prepare: (channel: ConfirmChannel) => Promise<void>): RabbitChannel {
    const channel = new RabbitChannel(this.#connection, prepare, this.tell);
    this.#channels.push(channel);
    return channel;
  }

  /** What is got and not acknowledged goes back, in its order, when the channel closes. */
  async #peek(topic: string): Promise<Notification[]> {
    const lasting = this.#channel(async () => undefined);
    const channel = await lasting.ready(performance.now() + PATIENCE_MS);
    const kept: Notification[] = [];
    try {
      const queue = this.#topology.queueOf(topic);
      const { messageCount } = await channel.checkQueue(queue);
      for (let left = messageCount; left > 0; left--) {
        const message: GetMessage | false = await channel.get(queue);
        if (!message) break;
        const notification = this.#read(message);
        if (notification) kept.push(notification);
      }
    } catch (error) {
      // There is no such queue before its first notification.
      if ((error as { code?: number }).code !== 404) throw error;
    }
    await lasting.close();
    return kept;
  }

  #read({ content }: Message): Notification | undefined {
    try {
      return open<Notification>(JSON.parse(content.toString()));
    } catch {
      this.tell('A message that is no notification was left out.');
      return undefined;
    }
  }
}
