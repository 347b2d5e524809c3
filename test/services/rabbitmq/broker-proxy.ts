import { addressOf, knownServers } from '../../../apps/bootlab/src/scenario/servers/known-servers';
import { TcpProxy } from '../../../apps/bootlab/src/scenario/servers/tcp-proxy';

/** Stands before the broker of the tests; can go away and come back, as a broker does that restarts. */
export class BrokerProxy {
  readonly #broker = knownServers().rabbitmq;
  readonly #proxy = new TcpProxy(addressOf(this.#broker));

  /** Gives the URL of the broker through this proxy, for `transport_url`. */
  async listen(): Promise<string> {
    const port = await this.#proxy.open();
    const { username, password, pathname } = new URL(this.#broker.url);
    return `rabbit://${username}:${password}@127.0.0.1:${port}${pathname}`;
  }

  /** Cuts every connection and takes no new one. */
  goAway(): Promise<void> {
    return this.#proxy.close();
  }
}
