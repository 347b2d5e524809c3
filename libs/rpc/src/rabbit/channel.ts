import type { ChannelModel, ConfirmChannel, Message, Options } from 'amqplib';
import { setTimeout as pause } from 'node:timers/promises';
import type { RabbitConnection } from './connection';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** Nobody has bound a queue for this message. */
export class Unroutable extends Error {}

/** Readies a channel: declares, binds, consumes. */
export type Prepare = (channel: ConfirmChannel) => Promise<void>;

/** A channel with publisher confirms that is opened anew whenever it is lost. */
export class RabbitChannel {
  #current: ConfirmChannel | undefined;
  #closed = false;
  #refusal: Error | undefined;
  readonly #waiting = new Set<() => void>();
  readonly #returned = new Set<string>();

  /** @param tell told, in a sentence, when the broker refuses what `prepare` asks for */
  constructor(
    private readonly connection: RabbitConnection,
    private readonly prepare: Prepare,
    private readonly tell: (message: string) => void,
  ) {
    connection.onOpen((opened) => void this.#open(opened));
  }

  /** Resolves once the channel is open and prepared; rejects at `deadline` (of `performance.now()`), or when the broker refuses. */
  async ready(deadline = Infinity): Promise<ConfirmChannel> {
    while (!this.#current) {
      if (this.#closed) throw new Error('the connection is closed');
      if (this.#refusal) throw this.#refusal;
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(this.connection.failure ?? 'the broker does not answer');
      await this.#change(left);
    }
    return this.#current;
  }

  /**
   * Resolves once the broker has the message; tries again when the channel is lost meanwhile.
   * @param id of the message, the same for each try
   * @throws Unroutable, Error with the reason at `deadline`
   */
  async publish(
    exchange: string,
    routingKey: string,
    content: Buffer,
    id: string,
    options: Options.Publish,
    deadline: number,
  ) {
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      const channel = await this.ready(deadline);
      try {
        await confirmed(channel, exchange, routingKey, content, { ...options, messageId: id });
        if (!this.#returned.delete(id)) return;
      } catch (error) {
        if (this.#closed || performance.now() + wait > deadline) throw error;
        await pause(wait);
        continue;
      }
      throw new Unroutable(`no queue takes ${routingKey} of exchange ${exchange}`);
    }
  }

  /** @param leave runs before, when there is a channel */
  async close(leave: Prepare = async () => undefined): Promise<void> {
    this.#closed = true;
    this.#wake();
    const channel = this.#current;
    this.#current = undefined;
    if (channel) await leave(channel).catch(() => undefined);
    // The broker may have closed it in the meantime, which is what is wanted.
    await channel?.close().catch(() => undefined);
  }

  async #open(connection: ChannelModel): Promise<void> {
    if (this.#closed || this.connection.current !== connection) return;
    this.#refusal = undefined;
    try {
      const channel = await connection.createConfirmChannel();
      // 'close' follows; without a listener it would end the process.
      channel.on('error', () => undefined);
      channel.on('return', ({ properties }: Message) => this.#returned.add(String(properties.messageId)));
      channel.on('close', () => this.#lost(channel, connection));
      await this.prepare(channel);
      this.#current = channel;
    } catch (error) {
      // Without a connection the next one opens the channel.
      if (this.connection.current !== connection || this.#closed) return;
      const { message } = error as Error;
      this.#refusal = new Error(`RabbitMQ at ${this.connection.url.shown} refuses: ${message}`, { cause: error });
      this.tell(this.#refusal.message);
    }
    this.#wake();
  }

  #lost(channel: ConfirmChannel, connection: ChannelModel): void {
    if (this.#current !== channel) return;
    this.#current = undefined;
    // When it is the connection that is lost, that shows in a moment.
    setImmediate(() => void this.#open(connection));
  }

  #change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === Infinity ? undefined : setTimeout(done, Math.min(ms, 2 ** 31 - 1));
      const waiting = this.#waiting;
      waiting.add(done);
      function done() {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      }
    });
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}

function confirmed(channel: ConfirmChannel, ...message: Parameters<ConfirmChannel['publish']>): Promise<void> {
  return new Promise((resolve, reject) => {
    const [exchange, routingKey, content, options] = message;
    channel.publish(exchange, routingKey, content, options, (error: Error | null) =>
      error ? reject(error) : resolve(),
    );
  });
}
