import { Matchmaker, messagingException } from '@bootlab/openstack';
import { ClientTCP, MicroserviceOptions, Transport } from '@nestjs/microservices';
import type { Attributes } from '@opentelemetry/api';
import type { AddressInfo, Server, Socket } from 'node:net';
import { catchError, lastValueFrom, Observable, throwError, timeout, TimeoutError } from 'rxjs';
import { destination, Envelope } from '../message';
import { CALL, CAST } from '../patterns';
import type { Listener, Outgoing, RpcTransport } from '../transport';

/** Nest's TCP transport without a broker: the matchmaker says where a topic listens. */
export class TcpTransport implements RpcTransport {
  readonly system = 'tcp';
  readonly keepsCasts = false;
  readonly #matchmaker = new Matchmaker();
  readonly #clients = new Map<string, ClientTCP>();
  #published: string[] = [];

  constructor(private readonly address: string) {}

  attributes(): Attributes {
    return {};
  }

  async cast(outgoing: Outgoing): Promise<void> {
    await this.#send(outgoing, (client) => client.emit<void>(CAST, outgoing.envelope));
  }

  async call(outgoing: Outgoing, timeoutMs: number): Promise<Envelope> {
    return this.#send(outgoing, (client) =>
      client.send<Envelope>(CALL, outgoing.envelope).pipe(
        timeout(timeoutMs),
        catchError((error: unknown) => throwError(() => this.#inTime(error, outgoing, timeoutMs))),
      ),
    );
  }

  microservice(): MicroserviceOptions {
    return { transport: Transport.TCP, options: { host: this.address, port: 0 } };
  }

  listening({ topic, server }: Listener, netServer: unknown): string {
    const { port } = (netServer as Server).address() as AddressInfo;
    const url = `tcp://${this.address}:${port}`;
    this.#published = [topic, `${topic}.${server}`];
    for (const name of this.#published) this.#matchmaker.publish(name, url);
    return url;
  }

  async close(): Promise<void> {
    for (const name of this.#published) this.#matchmaker.withdraw(name);
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  async #send<T>(outgoing: Outgoing, deliver: (client: ClientTCP) => Observable<T>): Promise<T> {
    try {
      const client = await this.#client(destination(outgoing.target));
      return await lastValueFrom(deliver(client), { defaultValue: undefined as T });
    } catch (error) {
      if (error instanceof messagingException.MessagingException) throw error;
      throw this.#undelivered(outgoing, error instanceof Error ? error.message : String(error));
    }
  }

  /** A connection is kept, by destination, until it closes; then the destination is looked up anew. */
  async #client(name: string): Promise<ClientTCP> {
    const known = this.#clients.get(name);
    if (known) return known;
    const endpoint = this.#matchmaker.find(name);
    if (!endpoint) throw new Error('nobody listens there');
    const { hostname, port } = new URL(endpoint.url);
    const client = new ClientTCP({ host: hostname, port: Number(port) });
    this.#clients.set(name, client);
    const forget = () => {
      if (this.#clients.get(name) === client) this.#clients.delete(name);
    };
    try {
      await client.connect();
      // A call right after a cast would wait for the cast to be acknowledged, which takes the other side 40 ms.
      client.unwrap<Socket>().setNoDelay(true);
    } catch (error) {
      forget();
      throw error;
    }
    client.on('close', forget);
    return client;
  }

  #undelivered({ target, message }: Outgoing, reason: string): Error {
    return new messagingException.MessageDeliveryFailure({
      target: destination(target),
      method: message.method,
      reason,
    });
  }

  #inTime(error: unknown, { target, message }: Outgoing, timeoutMs: number): unknown {
    if (!(error instanceof TimeoutError)) return error;
    return new messagingException.MessagingTimeout({
      target: destination(target),
      method: message.method,
      timeout: timeoutMs / 1000,
    });
  }
}
