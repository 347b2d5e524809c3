import { Matchmaker, messagingException } from '@bootlab/openstack';
import { ClientTCP, MicroserviceOptions, Transport } from '@nestjs/microservices';
import type { AddressInfo, Server } from 'node:net';
import { catchError, lastValueFrom, Observable, throwError, timeout, TimeoutError } from 'rxjs';
import { destination, Envelope, open, Message, Target } from '../message';
import { CALL, CAST } from '../patterns';
import type { Listener, RpcTransport } from '../transport';

/** Nest's TCP transport without a broker: the matchmaker says where a topic listens. */
export class TcpTransport implements RpcTransport {
  readonly system = 'tcp';
  readonly #matchmaker = new Matchmaker();
  readonly #clients = new Map<string, ClientTCP>();
  #published: string[] = [];

  constructor(private readonly address: string) {}

  async cast(target: Target, envelope: Envelope): Promise<void> {
    await this.#send(target, envelope, (client) => client.emit<void>(CAST, envelope));
  }

  async call(target: Target, envelope: Envelope, timeoutMs: number): Promise<Envelope> {
    return this.#send(target, envelope, (client) =>
      client.send<Envelope>(CALL, envelope).pipe(
        timeout(timeoutMs),
        catchError((error: unknown) => throwError(() => this.#inTime(error, target, envelope, timeoutMs))),
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

  async #send<T>(target: Target, envelope: Envelope, deliver: (client: ClientTCP) => Observable<T>): Promise<T> {
    try {
      const client = await this.#client(destination(target));
      return await lastValueFrom(deliver(client), { defaultValue: undefined as T });
    } catch (error) {
      if (error instanceof messagingException.MessagingException) throw error;
      throw this.#undelivered(target, envelope, error instanceof Error ? error.message : String(error));
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
    } catch (error) {
      forget();
      throw error;
    }
    client.on('close', forget);
    return client;
  }

  #undelivered(target: Target, envelope: Envelope, reason: string): Error {
    return new messagingException.MessageDeliveryFailure({
      target: destination(target),
      method: open<Message>(envelope).method,
      reason,
    });
  }

  #inTime(error: unknown, target: Target, envelope: Envelope, timeoutMs: number): unknown {
    if (!(error instanceof TimeoutError)) return error;
    return new messagingException.MessagingTimeout({
      target: destination(target),
      method: open<Message>(envelope).method,
      timeout: timeoutMs / 1000,
    });
  }
}
