import { fromJaeger } from '@bootlab/trace-model';
import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { createSocket, Socket } from 'node:dgram';
import { once } from 'node:events';
import { LAB_OPTIONS, LabOptions } from '../lab-options';
import { SpanReceiver } from '../otlp/span-receiver';
import { readEmitBatch } from './jaeger-batch';

/** Takes Thrift over UDP, as Jaeger's agent did. Nobody hears of a message that is lost, so what goes wrong is logged. */
@Injectable()
export class ThriftAgent implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(ThriftAgent.name);
  readonly #storing = new Set<Promise<void>>();
  #socket?: Socket;

  constructor(
    @Inject(LAB_OPTIONS) private readonly options: LabOptions,
    private readonly receiver: SpanReceiver,
  ) {}

  /** The UDP port; undefined when there is none. */
  get port(): number | undefined {
    return this.#socket?.address().port;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.options.agent === 'off') return;
    const { host, port } = this.options.agent;
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    try {
      socket.bind(port, host);
      await once(socket, 'listening');
    } catch (error) {
      socket.close();
      const { code } = error as NodeJS.ErrnoException;
      this.#logger.warn(
        `UDP port ${port} cannot be had (${code}), so no Thrift is taken there: set jaeger_agent_port in [lab] of lab.conf to another, or to off.`,
      );
      return;
    }
    this.#socket = socket;
    socket.on('error', (error) => this.#logger.warn(`UDP: ${error.message}`));
    socket.on('message', (bytes) => {
      const storing = this.#store(bytes).finally(() => this.#storing.delete(storing));
      this.#storing.add(storing);
    });
  }

  /** What has arrived is stored before the store closes. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#socket?.close();
    this.#socket = undefined;
    await Promise.all(this.#storing);
  }

  async #store(bytes: Buffer): Promise<void> {
    try {
      await this.receiver.store(fromJaeger(readEmitBatch(bytes)));
    } catch (error) {
      this.#logger.warn(`A UDP message of ${bytes.length} bytes is lost: ${(error as Error).message}`);
    }
  }
}
