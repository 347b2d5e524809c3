import type { ConsumeMessage } from 'amqplib';
import { Envelope, open, Reply } from '../message';
import { RabbitChannel } from './channel';
import type { RabbitConnection } from './connection';
import { Topology, uniqueName } from './topology';

interface Waiting {
  resolve(envelope: Envelope): void;
  reject(error: Error): void;
}

/** The queue of this process for the answers to its calls. Plays `oslo_messaging._drivers.amqpdriver.ReplyWaiters`. */
export class ReplyQueue {
  readonly name = uniqueName('reply');
  readonly #waiting = new Map<string, Waiting>();
  readonly #channel: RabbitChannel;

  constructor(connection: RabbitConnection, topology: Topology, tell: (message: string) => void) {
    const prepare: ConstructorParameters<typeof RabbitChannel>[1] = async (channel) => {
      await topology.declareReply(channel, this.name);
      await channel.consume(this.name, (delivery) => (delivery ? this.#take(delivery) : void channel.close()), {
        noAck: true,
      });
    };
    this.#channel = new RabbitChannel(connection, prepare, tell);
  }

  /** The answer to the message, once it comes. `ready` resolves when the queue takes it. */
  expect(messageId: string, deadline: number): { ready: Promise<unknown>; answer: Promise<Envelope> } {
    const answer = new Promise<Envelope>((resolve, reject) => this.#waiting.set(messageId, { resolve, reject }));
    answer.catch(() => undefined);
    return { ready: this.#channel.ready(deadline), answer };
  }

  forget(messageId: string): void {
    this.#waiting.delete(messageId);
  }

  async close(): Promise<void> {
    for (const { reject } of this.#waiting.values()) reject(new Error('the connection was closed'));
    this.#waiting.clear();
    await this.#channel.close(async (channel) => void (await channel.deleteQueue(this.name)));
  }

  /** An answer that nobody waits for any longer, or that comes twice, is dropped. */
  #take({ content }: ConsumeMessage): void {
    let envelope: Envelope;
    let messageId: string;
    try {
      envelope = JSON.parse(content.toString()) as Envelope;
      messageId = open<Reply>(envelope)._msg_id;
    } catch {
      return;
    }
    this.#waiting.get(messageId)?.resolve(envelope);
    this.#waiting.delete(messageId);
  }
}
