import { GlanceClient, ImageData, ImageMetaV1 } from '@bootlab/glanceclient';
import { Hop, noteEvent } from '@bootlab/hop';
import { glanceclientException, novaException, RequestContext } from '@bootlab/openstack';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiServers } from './api-servers';

export interface GlanceOptions {
  /** URLs of glance-api; none: where the lab has it. */
  api_servers: readonly string[];
  /** Tries after the first. */
  num_retries: number;
  /** Seconds without a byte until a request counts as failed. */
  timeout: number;
}

type Method = 'get' | 'data';

const PAUSE_MS = 1000;

/** Asks glance-api, and where it does not answer the next one. Plays `nova.image.glance.GlanceClientWrapper`. */
export class GlanceClientWrapper {
  readonly #servers: ApiServers;

  /** @param pauseMs milliseconds between two tries */
  constructor(
    private readonly options: GlanceOptions,
    private readonly pauseMs = PAUSE_MS,
  ) {
    this.#servers = new ApiServers(options.api_servers);
  }

  /** One image's metadata. @throws see {@link call} */
  async get(context: RequestContext, imageId: string): Promise<ImageMetaV1> {
    return (await this.call(context, 'get', imageId)) as ImageMetaV1;
  }

  /** One image's bytes. @throws see {@link call} */
  async data(context: RequestContext, imageId: string): Promise<ImageData> {
    return (await this.call(context, 'data', imageId)) as ImageData;
  }

  /**
   * Makes `1 + num_retries` tries.
   * @throws GlanceConnectionFailed when the last try found no server, or one that answered 503; any other answer as it is
   */
  @Hop('nova.image.glance.GlanceClientWrapper.call', {
    in: (_: RequestContext, method: Method, imageId: string) => ({ 'image.id': imageId, 'glance.method': method }),
  })
  private async call(context: RequestContext, method: Method, imageId: string): Promise<ImageMetaV1 | ImageData> {
    for (let left = this.options.num_retries; ; left--) {
      const endpoint = await this.#servers.next();
      try {
        const { images } = new GlanceClient({ endpoint, timeoutSeconds: this.options.timeout });
        return await images[method](context, imageId);
      } catch (error) {
        if (!isRetried(error)) throw error;
        this.#servers.forget();
        if (left <= 0) throw connectionFailed(endpoint, error);
        noteEvent('retry', { 'glance.server': endpoint, reason: error.message });
        await pause(this.pauseMs);
      }
    }
  }
}

function isRetried(error: unknown): error is Error {
  const { CommunicationError, InvalidEndpoint, HTTPServiceUnavailable } = glanceclientException;
  return [CommunicationError, InvalidEndpoint, HTTPServiceUnavailable].some((kind) => error instanceof kind);
}

function connectionFailed(server: string, error: Error): Error {
  return new novaException.GlanceConnectionFailed({ server, reason: error.message }, { cause: error });
}
