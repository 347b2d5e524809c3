import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/** Stands before a broker; can go away and come back, as a broker does that restarts. */
export class BrokerProxy {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(private readonly broker: URL) {}

  /** Gives the URL of the broker through this proxy, for `transport_url`. */
  async listen(): Promise<string> {
    const server = createServer((socket) => this.#through(socket));
    this.#server = server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    const { username, password, pathname } = this.broker;
    return `rabbit://${username}:${password}@127.0.0.1:${this.#port}${pathname}`;
  }

  /** Cuts every connection and takes no new one. */
  async goAway(): Promise<void> {
    const server = this.#server!;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #through(socket: Socket): void {
    const far = connect(Number(this.broker.port) || 5672, this.broker.hostname);
    for (const [one, other] of [
      [socket, far],
      [far, socket],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}
