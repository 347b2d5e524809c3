import { isUuid } from '../cli/parsers';
import { RequestOptions, ServiceClient } from '../http/service-client';
import { pick } from './pick';

/** A server as the compute API shows it. Times in ISO 8601. */
export interface Server {
  id: string;
  name: string;
  status: string;
  created: string;
  updated: string;
  image: { id: string } | '';
  flavor: { id: string };
  fault?: { code: number; message: string; details?: string };
  'OS-EXT-STS:vm_state'?: string;
  'OS-EXT-STS:task_state'?: string | null;
  'OS-EXT-SRV-ATTR:host'?: string | null;
}

/** What `POST /servers` takes. */
export interface NewServer {
  name: string;
  imageRef: string;
  flavorRef: string;
  min_count?: number;
  max_count?: number;
  return_reservation_id?: boolean;
}

interface Page {
  servers: Server[];
  /** Present when there are more. */
  servers_links?: unknown[];
}

type Options = Pick<RequestOptions, 'quiet'>;

/** The servers of the compute API. */
export class Servers {
  readonly #compute = new ServiceClient('compute-api');

  /** Every server, or those of one reservation, page by page. */
  async list(options: Options = {}, query = ''): Promise<Server[]> {
    const all: Server[] = [];
    for (;;) {
      const marker = all.length === 0 ? '' : `&marker=${all.at(-1)!.id}`;
      const page = await this.#compute.json<Page>(`/v2.1/servers/detail?all_tenants=1${query}${marker}`, options);
      all.push(...page.servers);
      if (page.servers_links === undefined || page.servers.length === 0) return all;
    }
  }

  async get(id: string, options: Options = {}): Promise<Server> {
    const notFound = `There is no server ${id}. \`bootlab server list\` shows what is there.`;
    return (await this.#compute.json<{ server: Server }>(`/v2.1/servers/${id}`, { ...options, notFound })).server;
  }

  async delete(id: string, options: Options = {}): Promise<void> {
    const notFound = `There is no server ${id}. \`bootlab server list\` shows what is there.`;
    await this.#compute.json(`/v2.1/servers/${id}`, { ...options, method: 'DELETE', notFound });
  }

  /**
   * Asks for one server, or for several that share a reservation.
   * @returns their ids
   */
  async create(server: NewServer): Promise<string[]> {
    const several = (server.max_count ?? 1) > 1;
    const body = { server: several ? { ...server, return_reservation_id: true } : server };
    const answer = await this.#compute.json<{ server: { id: string } } | { reservation_id: string }>('/v2.1/servers', {
      method: 'POST',
      body,
    });
    if ('server' in answer) return [answer.server.id];
    const reserved = await this.list({ quiet: true }, `&reservation_id=${answer.reservation_id}`);
    return reserved.map(({ id }) => id);
  }

  /** The id of the server that a name or an id stands for. */
  async idOf(nameOrId: string): Promise<string> {
    return isUuid(nameOrId) ? nameOrId : pick('server', nameOrId, await this.list({ quiet: true })).id;
  }
}
