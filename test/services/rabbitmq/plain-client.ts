import { Channel, ChannelModel, connect, ConsumeMessage } from 'amqplib';
import { randomUUID } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import { rabbitServer } from '../../support/services';

const hex = () => randomUUID().replaceAll('-', '');

/** What oslo.messaging has on the wire, spoken with amqplib alone: nothing of the lab is used. */
export class PlainClient {
  readonly #queues: string[] = [];

  private constructor(
    private readonly connection: ChannelModel,
    readonly channel: Channel,
  ) {}

  static async connect(): Promise<PlainClient> {
    const connection = await connect(rabbitServer);
    return new PlainClient(connection, await connection.createChannel());
  }

  /** The messages from now on that the exchange gets under the keys. */
  async sniff(exchange: string, ...keys: string[]): Promise<AsyncIterator<ConsumeMessage[]>> {
    const { queue } = await this.channel.assertQueue('', { exclusive: true });
    for (const key of keys) await this.channel.bindQueue(queue, exchange, key);
    return this.#consume(queue);
  }

  /** Calls as `oslo_messaging` does; gives the body of the reply. */
  async call(exchange: string, key: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { send, next } = await this.#caller(exchange, key, body);
    send();
    return next();
  }

  /** Sends one call two times, as a broker may deliver it; gives both replies. */
  async callTwice(exchange: string, key: string, body: Record<string, unknown>) {
    const { send, next } = await this.#caller(exchange, key, body);
    send();
    send();
    return [await next(), await next()];
  }

  async close(): Promise<void> {
    for (const queue of this.#queues) await this.channel.deleteQueue(queue);
    await this.connection.close();
  }

  async #caller(exchange: string, key: string, body: Record<string, unknown>) {
    const reply = `reply_${hex()}`;
    const id = hex();
    await this.channel.assertExchange(reply, 'direct', { durable: false, autoDelete: true });
    await this.channel.assertQueue(reply, { durable: false, autoDelete: false, expires: 1_800_000 });
    await this.channel.bindQueue(reply, reply, reply);
    this.#queues.push(reply);
    const replies = await this.#consume(reply);
    const message = { ...body, _msg_id: id, _reply_q: reply, _unique_id: hex() };
    const envelope = { 'oslo.version': '2.0', 'oslo.message': JSON.stringify(message) };
    const options = { contentType: 'application/json', contentEncoding: 'utf-8' };
    return {
      send: () => this.channel.publish(exchange, key, Buffer.from(JSON.stringify(envelope)), options),
      next: async () => {
        const answer = bodyOf(((await replies.next()).value as ConsumeMessage[])[0]!);
        expect(answer['_msg_id']).toBe(id);
        return answer;
      },
    };
  }

  async #consume(queue: string): Promise<AsyncIterator<ConsumeMessage[]>> {
    const arrived = new EventEmitter();
    const messages = on(arrived, 'message') as AsyncIterator<ConsumeMessage[]>;
    await this.channel.consume(queue, (message) => arrived.emit('message', message), { noAck: true });
    return messages;
  }
}

export function envelopeOf({ content }: ConsumeMessage): Record<string, string> {
  return JSON.parse(content.toString()) as Record<string, string>;
}

export function bodyOf(message: ConsumeMessage): Record<string, unknown> {
  return JSON.parse(envelopeOf(message)['oslo.message'] ?? '') as Record<string, unknown>;
}
