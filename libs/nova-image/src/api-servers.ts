import { locateService, serviceUrl } from '@bootlab/openstack';

/**
 * Where glance-api may be reached: the servers of `[glance] api_servers` in turn, from a random one on, else the one that
 * the lab runs. Plays `nova.image.glance.get_api_servers`.
 */
export class ApiServers {
  readonly #configured: readonly string[];
  #next: number;
  #lab?: Promise<string>;

  constructor(configured: readonly string[]) {
    this.#configured = configured.map((server) => server.replace(/\/+$/, ''));
    for (const server of this.#configured) if (URL.canParse(server)) locateService('glance-api', server);
    this.#next = Math.floor(Math.random() * Math.max(configured.length, 1));
  }

  /** Base URL of the server to ask now. */
  next(): Promise<string> {
    const server = this.#configured[this.#next++ % this.#configured.length];
    return server === undefined ? this.#labServer() : Promise.resolve(server);
  }

  /** The lab's own server did not answer: it may have come back on another port. */
  forget(): void {
    this.#lab = undefined;
  }

  #labServer(): Promise<string> {
    if (this.#lab === undefined) {
      this.#lab = serviceUrl('glance-api');
      this.#lab.catch(() => this.forget());
    }
    return this.#lab;
  }
}
