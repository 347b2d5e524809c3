import { AmqpConnectionManager, connect } from 'amqp-connection-manager';
import type { ChannelModel } from 'amqplib';
import type { RabbitOptions } from './options';
import type { RabbitUrl } from './transport-url';

/** One connection to a broker that is made anew whenever it is lost, with longer and longer pauses. */
export class RabbitConnection {
  readonly #manager: AmqpConnectionManager;
  readonly #opened = new Set<(connection: ChannelModel) => void>();
  #failure: string | undefined;

  /** @param tell told, in a sentence, that the broker does not answer, is gone, or is back */
  constructor(
    readonly url: RabbitUrl,
    options: RabbitOptions,
    tell: (message: string) => void,
  ) {
    const { rabbit_retry_interval: first, rabbit_retry_backoff: step, rabbit_interval_max: longest } = options;
    this.#manager = connect(url.servers, {
      reconnectTimeInSeconds: first,
      heartbeatIntervalInSeconds: options.heartbeat_timeout_threshold,
      connectionOptions: { noDelay: true, clientProperties: { connection_name: `bootlab ${process.pid}` } },
    });
    this.#manager.on('connectFailed', ({ err }) => {
      this.#failure = reason(err);
      const pause = this.#manager.reconnectTimeInSeconds;
      tell(`RabbitMQ at ${url.shown} does not let this service in: ${this.#failure}. The next try is in ${pause} s.`);
      // The pause that follows is still the one told.
      queueMicrotask(() => (this.#manager.reconnectTimeInSeconds = Math.min(pause + step, longest)));
    });
    this.#manager.on('disconnect', ({ err }) => {
      this.#failure = reason(err);
      tell(`The connection to RabbitMQ at ${url.shown} is lost: ${this.#failure}.`);
    });
    this.#manager.on('connect', ({ connection }) => {
      if (this.#failure !== undefined) tell(`RabbitMQ at ${url.shown} is there.`);
      this.#failure = undefined;
      this.#manager.reconnectTimeInSeconds = first;
      for (const listener of this.#opened) listener(connection as unknown as ChannelModel);
    });
  }

  /** Why there is no connection; undefined when there is one, or was none yet. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** The connection, when there is one now. */
  get current(): ChannelModel | undefined {
    return this.#manager.connection;
  }

  /** Calls `listener` for each connection, also for the one that is there now. */
  onOpen(listener: (connection: ChannelModel) => void): void {
    this.#opened.add(listener);
    if (this.current) listener(this.current);
  }

  async close(): Promise<void> {
    this.#opened.clear();
    await this.#manager.close();
  }
}

/** What a broker's refusals mean; the client passes on its words, or only that it closed. */
const refusals: [RegExp, meaning: string][] = [
  [/ACCESS_REFUSED - Login/, 'user or password is wrong (ACCESS_REFUSED)'],
  [/ConnectionOpenOk/, 'there is no such virtual host, or this user may not use it'],
];

function reason(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: string };
  if (typeof code === 'string') return code;
  const known = message && refusals.find(([fits]) => fits.test(message));
  if (known) return known[1];
  return message === undefined || message === '' ? 'the broker closed it' : message.split('\n')[0]!;
}
