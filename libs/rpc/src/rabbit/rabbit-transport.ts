import { messagingException } from '@bootlab/openstack';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { Attributes } from '@opentelemetry/api';
import type { Options } from 'amqplib';
import { setTimeout as pause } from 'node:timers/promises';
import { destination, Envelope, Message, Target } from '../message';
import type { Listener, Outgoing, RpcTransport, Tell } from '../transport';
import { RabbitChannel, Unroutable } from './channel';
import { RabbitConnection } from './connection';
import { NotificationChannel } from './notification-channel';
import type { RabbitOptions } from './options';
import { RabbitServer } from './rabbit-server';
import { ReplyExchanges } from './reply-exchanges';
import { ReplyQueue } from './reply-queue';
import { Topology } from './topology';
import { parseRabbitUrl } from './transport-url';
import { Unsettled } from './unsettled';

const MS_PER_S = 1000;
const RETRY_MS = 250;
/** How long a cast that the broker has confirmed is sent again when the broker goes down. */
const CAST_UNSETTLED_MS = 5_000;

/** RabbitMQ with oslo.messaging's exchanges, queues and envelopes. Plays `oslo_messaging._drivers.impl_rabbit`. */
export class RabbitTransport implements RpcTransport {
  readonly system = 'rabbitmq';
  readonly keepsCasts = true;
  readonly #connection: RabbitConnection;
  readonly #topology: Topology;
  readonly #casts: RabbitChannel;
  readonly #answers: RabbitChannel;
  readonly #unsettled = new Unsettled();
  #callers: ReplyExchanges | undefined;
  #replies: ReplyQueue | undefined;
  #notifications: NotificationChannel | undefined;
  #server: RabbitServer | undefined;
  #openedAt = 0;
  #opened = 0;
  #closed = false;

  /**
   * @param deliveryTimeoutMs how long a message waits for a broker that is away
   * @param tell told, in a sentence, of troubles with the broker
   */
  constructor(
    url: string,
    private readonly options: RabbitOptions,
    private readonly deliveryTimeoutMs: number,
    private readonly tell: Tell,
  ) {
    this.#connection = new RabbitConnection(parseRabbitUrl(url), options, tell);
    this.#topology = new Topology(options);
    this.#casts = this.#channel(async (channel) => {
      await this.#topology.declareExchange(channel);
      this.#openedAt = performance.now();
      // The channel is handed out when this resolves; then what may be lost goes out once more.
      if (this.#opened++ > 0) setImmediate(() => this.#unsettled.sendAgain());
    });
    this.#answers = this.#channel(async () => undefined);
  }

  get replyQueue(): string {
    this.#replies ??= new ReplyQueue(this.#connection, this.#topology, this.tell);
    return this.#replies.name;
  }

  attributes(target: Target): Attributes {
    return {
      'messaging.rabbitmq.destination.routing_key': destination(target),
      'messaging.rabbitmq.destination.exchange': this.#topology.exchange,
    };
  }

  async cast(outgoing: Outgoing): Promise<void> {
    const deadline = performance.now() + this.deliveryTimeoutMs;
    await this.#deliver(outgoing, {}, deadline);
    const again = () => this.#again(outgoing, {}, performance.now() + this.deliveryTimeoutMs);
    this.#unsettled.add(outgoing.message._unique_id, again, CAST_UNSETTLED_MS);
  }

  async call(outgoing: Outgoing, timeoutMs: number): Promise<Envelope> {
    const { message, target } = outgoing;
    const { _unique_id: id, _msg_id: messageId = id } = message;
    const deadline = performance.now() + timeoutMs;
    // Nobody reads the answer to a message that is older.
    const expiration = { expiration: Math.ceil(timeoutMs) };
    const { ready, answer } = this.#replies!.expect(messageId, deadline);
    const timer = new AbortController();
    try {
      await ready.catch((error: Error) => this.#undelivered(outgoing, error));
      await this.#deliver(outgoing, expiration, deadline);
      this.#unsettled.add(id, () => this.#again(outgoing, expiration, deadline));
      const late = pause(Math.max(0, deadline - performance.now()), undefined, { signal: timer.signal });
      late.catch(() => undefined);
      const envelope = await Promise.race([answer.catch((error: Error) => this.#undelivered(outgoing, error)), late]);
      if (envelope) return envelope;
      const { method } = message;
      throw new messagingException.MessagingTimeout({
        target: destination(target),
        method,
        timeout: timeoutMs / MS_PER_S,
      });
    } finally {
      timer.abort();
      this.#unsettled.settle(id);
      this.#replies?.forget(messageId);
    }
  }

  async notify(topic: string, id: string, envelope: Envelope): Promise<void> {
    this.#notifications ??= new NotificationChannel(this.#topology, (prepare) => this.#channel(prepare));
    await this.#notifications.send(topic, id, envelope, performance.now() + this.deliveryTimeoutMs);
  }

  microservice(listener: Listener): MicroserviceOptions {
    const parts = {
      listener,
      topology: this.#topology,
      prefetch: this.options.rabbit_qos_prefetch_count,
      channel: (prepare: ConstructorParameters<typeof RabbitChannel>[1]) => this.#channel(prepare),
      answer: (message: Message, envelope: Envelope) => this.#answer(message, envelope),
    };
    this.#server = new RabbitServer(parts, this.tell);
    return { strategy: this.#server };
  }

  listening(): string {
    return this.#connection.url.shown;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#server?.close();
    this.#unsettled.clear();
    await this.#replies?.close();
    await this.#notifications?.close();
    await Promise.all([this.#casts.close(), this.#answers.close(), this.#callers?.close()]);
    await this.#connection.close();
  }

  #channel(prepare: ConstructorParameters<typeof RabbitChannel>[1]): RabbitChannel {
    return new RabbitChannel(this.#connection, prepare, this.tell);
  }

  /** After a restart of the broker the queues come back when those who serve them do: until then a message waits. */
  async #deliver(outgoing: Outgoing, options: Options.Publish, deadline: number): Promise<void> {
    const { target, message, envelope } = outgoing;
    const content = Buffer.from(JSON.stringify(envelope));
    const all = { ...this.#properties(), ...options, mandatory: true };
    for (;;) {
      try {
        return await this.#casts.publish(
          this.#topology.exchange,
          destination(target),
          content,
          message._unique_id,
          all,
          deadline,
        );
      } catch (error) {
        if (!(error instanceof Unroutable && this.#queuesComeBack() && performance.now() < deadline)) {
          this.#undelivered(outgoing, error as Error);
        }
        await pause(RETRY_MS);
      }
    }
  }

  #queuesComeBack(): boolean {
    const since = performance.now() - this.#openedAt;
    return this.#opened > 1 && !this.#closed && since < this.options.rabbit_interval_max * MS_PER_S;
  }

  #again(outgoing: Outgoing, options: Options.Publish, deadline: number): void {
    this.#deliver(outgoing, options, deadline).catch((error: Error) => this.tell(error.message));
  }

  /** Offers the answer until the caller's queue is there to take it. */
  async #answer({ method, _reply_q: queue = '', _unique_id: id }: Message, envelope: Envelope): Promise<void> {
    const patience = this.options.kombu_missing_consumer_retry_timeout;
    const deadline = performance.now() + patience * MS_PER_S;
    const content = Buffer.from(JSON.stringify(envelope));
    const properties = { ...this.#properties(), mandatory: true };
    const callers = (this.#callers ??= new ReplyExchanges(this.#channel(async () => undefined)));
    for (;;) {
      try {
        await callers.find(queue, deadline);
        await this.#answers.ready(deadline);
        // One try: an exchange that is gone would close the channel again with each further one.
        return await this.#answers.publish(queue, queue, content, id, properties, performance.now());
      } catch (error) {
        callers.forget(queue);
        // Who asked may be answered by the next process of this service, to which the message goes.
        if (this.#closed) return;
        if (performance.now() + RETRY_MS > deadline) {
          throw new Error(
            `The answer to ${method} found no caller at ${queue} within ${patience} s: ${(error as Error).message}.`,
            { cause: error },
          );
        }
        await pause(RETRY_MS);
      }
    }
  }

  #properties(): Options.Publish {
    const persistent = this.options.amqp_durable_queues;
    return { contentType: 'application/json', contentEncoding: 'utf-8', persistent, priority: 0 };
  }

  #undelivered({ target, message: { method } }: Outgoing, { message: reason }: Error): never {
    throw new messagingException.MessageDeliveryFailure({ target: destination(target), method, reason });
  }
}
