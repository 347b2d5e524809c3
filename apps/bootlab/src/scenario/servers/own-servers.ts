import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { addressOf, knownServers } from './known-servers';
import { OwnDatabases } from './own-databases';
import { clearExchange, ownExchange } from './own-exchange';
import { TcpProxy } from './tcp-proxy';

/** What a lab runs over in the place of what is built in. */
export interface ServersAsked {
  transport?: 'rabbitmq';
  database?: 'mysql' | 'postgresql';
  /** Compute hosts of the lab. */
  hosts: number;
}

export type Connection = 'broker' | 'database';

/** The same URL on this machine at another port. */
function through(url: string, port: number): URL {
  const proxied = new URL(url);
  proxied.hostname = '127.0.0.1';
  proxied.port = String(port);
  return proxied;
}

/** A part of servers that is a scenario's own: an exchange, two databases, and ways to them that can be cut. */
export class OwnServers {
  readonly env: Record<string, string> = {};
  readonly #proxies = new Map<Connection, TcpProxy>();
  readonly #release: (() => Promise<void>)[] = [];

  static async prepare({ transport, database, hosts }: ServersAsked): Promise<OwnServers> {
    const own = new OwnServers();
    try {
      if (transport !== undefined) await own.#exchange(hosts);
      if (database !== undefined) await own.#databases(database);
    } catch (error) {
      await own.release();
      throw error;
    }
    return own;
  }

  /** Whether the lab has such a connection that can be cut. */
  has(connection: Connection): boolean {
    return this.#proxies.has(connection);
  }

  /** Breaks the connections to a server; nobody gets through for that many milliseconds. */
  async cut(connection: Connection, milliseconds: number): Promise<void> {
    const proxy = this.#proxies.get(connection)!;
    await proxy.close();
    await pause(milliseconds);
    await proxy.open();
  }

  /** Takes everything away again, once the lab has stopped. */
  async release(): Promise<void> {
    for (const proxy of this.#proxies.values()) await proxy.close();
    for (const release of this.#release.splice(0)) await release();
  }

  async #exchange(hosts: number): Promise<void> {
    const server = knownServers().rabbitmq;
    const exchange = ownExchange();
    const names = [hostname(), ...Array.from({ length: hosts }, (_, index) => `compute${index + 1}`)];
    this.#release.push(() => clearExchange(server.url, exchange, names));
    const url = through(server.url, await this.#proxy('broker', addressOf(server)));
    const transportUrl = url.toString().replace(/^amqp:/, 'rabbit:');
    for (const file of ['NOVA', 'GLANCE_API']) {
      this.env[`BOOTLAB_${file}__DEFAULT__TRANSPORT_URL`] = transportUrl;
      this.env[`BOOTLAB_${file}__DEFAULT__CONTROL_EXCHANGE`] = exchange;
    }
  }

  async #databases(kind: 'mysql' | 'postgresql'): Promise<void> {
    const server = knownServers()[kind];
    const databases = new OwnDatabases(kind, server.url);
    await databases.create();
    this.#release.push(() => databases.drop());
    const url = through(server.url, await this.#proxy('database', addressOf(server)));
    const connection = (name: string) => Object.assign(new URL(url), { pathname: name }).toString();
    this.env['BOOTLAB_NOVA__DATABASE__CONNECTION'] = connection(databases.nova);
    this.env['BOOTLAB_GLANCE_REGISTRY__DATABASE__CONNECTION'] = connection(databases.glance);
  }

  async #proxy(connection: Connection, to: { host: string; port: number }): Promise<number> {
    const proxy = new TcpProxy(to);
    this.#proxies.set(connection, proxy);
    return proxy.open();
  }
}
