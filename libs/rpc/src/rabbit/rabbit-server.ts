import { CustomTransportStrategy, MessageHandler, Server } from '@nestjs/microservices';
import type { Attributes } from '@opentelemetry/api';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { lastValueFrom } from 'rxjs';
import { Envelope, Message, open } from '../message';
import { CALL, CAST } from '../patterns';
import { untilTakenOver } from '../server/taken-over';
import type { Listener, Tell } from '../transport';
import { RabbitChannel } from './channel';
import { Deliveries, Delivery } from './deliveries';
import { RabbitContext } from './rabbit-context';
import { Topology, uniqueName } from './topology';

/** A short string of AMQP. */
const LONGEST_NAME_BYTES = 255;

export interface RabbitServerParts {
  listener: Listener;
  topology: Topology;
  prefetch: number;
  /** Opens a channel that lasts. */
  channel(prepare: (channel: ConfirmChannel) => Promise<void>): RabbitChannel;
  /** Sends an answer to the queue that the caller named. */
  answer(message: Message, envelope: Envelope): Promise<void>;
}

/**
 * Takes messages from the queues of a topic, as oslo.messaging lays them out, and gives them to Nest's handlers. A message is
 * acknowledged once it is taken over (see `takenOver`) or done; one that comes twice is worked on once.
 */
export class RabbitServer extends Server implements CustomTransportStrategy {
  readonly #deliveries = new Deliveries();
  readonly #fanout: string;
  #channel: RabbitChannel | undefined;

  constructor(
    private readonly parts: RabbitServerParts,
    private readonly tell: Tell,
  ) {
    super();
    this.#fanout = uniqueName(`${parts.listener.topic}_fanout`);
  }

  listen(callback: (error?: unknown) => void): void {
    this.#channel = this.parts.channel((channel) => this.#prepare(channel));
    this.#channel.ready().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    const { topology } = this.parts;
    // Nobody else takes from it, and what waits in the others waits for the next server.
    await this.#channel?.close((channel) => topology.deleteFanout(channel, this.#fanout));
  }

  on(): never {
    throw new Error('The RabbitMQ transport has no events of its own.');
  }

  unwrap<T>(): T {
    return this.#channel as T;
  }

  async #prepare(channel: ConfirmChannel): Promise<void> {
    const { listener, topology, prefetch } = this.parts;
    const { topic, server } = listener;
    await topology.declareExchange(channel);
    const queues = [
      await topology.declareTopic(channel, topic),
      await topology.declareTopic(channel, `${topic}.${server}`),
      await topology.declareFanout(channel, topic, this.#fanout),
    ];
    // For each queue: a limit over all of them would cost the broker much more.
    await channel.prefetch(prefetch);
    for (const queue of queues) {
      await channel.consume(queue, (message) => {
        // The queue was deleted under its consumer: it is declared anew with a new channel.
        if (message === null) void channel.close().catch(() => undefined);
        else void this.#take(channel, queue, message);
      });
    }
  }

  async #take(channel: ConfirmChannel, queue: string, delivered: ConsumeMessage): Promise<void> {
    try {
      await this.#work(queue, delivered);
    } catch (error) {
      this.tell((error as Error).message);
    }
    try {
      channel.ack(delivered);
    } catch {
      // The channel is lost: the broker delivers the message again, and it is known by then.
    }
  }

  /** Resolves once the message need not be delivered again. */
  async #work(queue: string, delivered: ConsumeMessage): Promise<void> {
    const envelope = read(delivered.content);
    const message = open<Message>(envelope);
    const called = isName(message._msg_id) && isName(message._reply_q);
    // Of a message without an id nobody can say whether it has come before.
    const id: unknown = message._unique_id;
    let delivery = this.#deliveries.find(id);
    if (!delivery) {
      const context = new RabbitContext([attributes(queue, delivered)]);
      delivery = called ? this.#call(envelope, context) : this.#cast(envelope, context);
      if (typeof id === 'string') this.#deliveries.add(id, delivery);
    }
    await delivery.settled;
    if (delivery.answer) await this.parts.answer(message, await delivery.answer);
  }

  #call(envelope: Envelope, context: RabbitContext): Delivery {
    const answer = this.#handle<Envelope>(CALL, envelope, context);
    return { settled: answer, answer };
  }

  #cast(envelope: Envelope, context: RabbitContext): Delivery {
    const settled = new Promise<void>((resolve, reject) => {
      untilTakenOver(resolve, () => this.#handle(CAST, envelope, context)).then(() => resolve(), reject);
    });
    return { settled };
  }

  async #handle<T>(pattern: string, envelope: Envelope, context: RabbitContext): Promise<T> {
    // Nest's own way to it takes the pattern for JSON first, and pays for an exception with every message.
    const handler = this.messageHandlers.get(pattern) as MessageHandler<Envelope, RabbitContext, T> | undefined;
    if (!handler) throw new Error(`Nobody handles ${pattern}.`);
    return lastValueFrom(this.transformToObservable(await handler(envelope, context)) as never, {
      defaultValue: undefined as T,
    });
  }
}

/** Whether a queue can have that name. A message that names none such for its answer is worked on and not answered. */
function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= LONGEST_NAME_BYTES;
}

function read(content: Buffer): Envelope {
  try {
    return JSON.parse(content.toString()) as Envelope;
  } catch (error) {
    throw new Error('A message that is not JSON was dropped: it is no message of oslo.messaging.', { cause: error });
  }
}

function attributes(queue: string, { content, fields }: ConsumeMessage): Attributes {
  return {
    'messaging.message.envelope.size': content.length,
    'messaging.rabbitmq.queue': queue,
    'messaging.rabbitmq.destination.routing_key': fields.routingKey,
    'messaging.rabbitmq.message.delivery_tag': fields.deliveryTag,
    ...(fields.redelivered ? { 'messaging.rabbitmq.redelivered': true } : {}),
  };
}
