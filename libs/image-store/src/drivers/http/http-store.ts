import { Hop, hopGenerator, withoutFaultPlan } from '@bootlab/hop';
import { storeException } from '@bootlab/openstack';
import { context } from '@opentelemetry/api';
import { readFileSync } from 'node:fs';
import { Agent, Dispatcher, errors, request } from 'undici';
import { BitMasks, check } from '../../capabilities';
import { AddedImage, GetOptions, lazily, Store, StoredImage } from '../../driver';
import { isLinkLocal } from '../../link-local';
import type { Location } from '../../location';
import { HttpStoreLocation } from './store-location';

const MAX_REDIRECTS = 5;
type Answer = Dispatcher.ResponseData;

const httpResponseIterator = hopGenerator(
  'glance_store._drivers.http.http_response_iterator',
  async function* httpResponseIterator({ body }: Answer) {
    for await (const chunk of body) yield chunk as Buffer;
  },
);

/** Reads images from web servers; never writes. Plays `glance_store._drivers.http.Store`. */
export class HttpStore implements Store {
  readonly name = 'http';
  readonly schemes = ['http', 'https'];
  readonly StoreLocation = HttpStoreLocation;
  capabilities = BitMasks.READ_ACCESS | BitMasks.DRIVER_REUSABLE;
  readonly #agent: Agent;

  constructor({ insecure, caFile }: { insecure: boolean; caFile?: string }) {
    const ca = caFile === undefined ? undefined : readFileSync(caFile);
    this.#agent = new Agent({ connect: { rejectUnauthorized: !insecure || ca !== undefined, ca } });
  }

  @check('get')
  @Hop('glance_store._drivers.http.Store.get', {
    in: (location: Location) => ({ 'store.uri': location.storeLocation.getUri() }),
    out: ({ size }: StoredImage) => ({ 'image.size': size }),
  })
  async get(location: Location, _options: GetOptions = {}): Promise<StoredImage> {
    const answer = await this.query(location, 'GET');
    return { chunks: lazily(() => httpResponseIterator(answer)), size: contentLength(answer) };
  }

  async getSize(location: Location): Promise<number> {
    const answer = await this.query(location, 'HEAD');
    await answer.body.dump();
    return contentLength(answer) ?? 0;
  }

  @check('add')
  async add(): Promise<AddedImage> {
    throw new storeException.StoreAddDisabled();
  }

  @check('delete')
  async delete(): Promise<void> {
    throw new storeException.StoreDeleteNotSupported();
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  /** Asks, following up to five redirects by hand. @throws MaxRedirectsExceeded */
  @Hop('glance_store._drivers.http.Store._query', {
    in: (_: Location, method: string) => ({ 'http.request.method': method }),
  })
  async query(location: Location, method: 'GET' | 'HEAD'): Promise<Answer> {
    let at = location.storeLocation as HttpStoreLocation;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const answer = await this.getResponse(at, method);
      await this.checkStoreUri(answer, at);
      if (answer.statusCode < 300) return answer;
      await answer.body.dump();
      at = this.newLocation(at, answer);
    }
    throw new storeException.MaxRedirectsExceeded({ redirects: MAX_REDIRECTS });
  }

  @Hop('glance_store._drivers.http.Store._get_response')
  async getResponse(location: HttpStoreLocation, method: 'GET' | 'HEAD'): Promise<Answer> {
    const { authorization } = location;
    try {
      // The web server is no part of the lab.
      return await context.with(withoutFaultPlan(context.active()), () =>
        request(location.getUri(), {
          method,
          reset: false,
          dispatcher: this.#agent,
          headers: authorization === undefined ? {} : { authorization },
        }),
      );
    } catch (error) {
      if (error instanceof errors.InvalidArgumentError)
        throw new storeException.BadStoreUri({ uri: location.getUri() });
      throw new storeException.RemoteServiceUnavailable({ reason: (error as Error).message }, { cause: error });
    }
  }

  /** @throws NotFound for 404, BadStoreUri for other errors and for redirects that are neither 301 nor 302 */
  @Hop('glance_store._drivers.http.Store._check_store_uri', {
    in: ({ statusCode }: Answer) => ({ 'http.response.status_code': statusCode }),
  })
  async checkStoreUri({ statusCode, body }: Answer, location: HttpStoreLocation): Promise<void> {
    if (statusCode < 300 || statusCode === 301 || statusCode === 302) return;
    await body.dump();
    const uri = location.getUri();
    if (statusCode === 404) throw new storeException.NotFound({ image: uri });
    throw new storeException.BadStoreUri({ uri, message: `${uri} answered ${statusCode} instead of the image.` });
  }

  @Hop('glance_store._drivers.http.Store._new_location')
  newLocation(from: HttpStoreLocation, { headers, statusCode }: Answer): HttpStoreLocation {
    const target = headers['location'];
    if (typeof target !== 'string' || !URL.canParse(target, from.getUri())) {
      const message = `${from.getUri()} answered ${statusCode} without saying where to.`;
      throw new storeException.BadStoreUri({ uri: from.getUri(), message });
    }
    const uri = new URL(target, from.getUri()).href;
    if (isLinkLocal(uri)) {
      const message = `${from.getUri()} redirects to a link-local address, where metadata services live.`;
      throw new storeException.BadStoreUri({ uri: from.getUri(), message });
    }
    const location = new HttpStoreLocation();
    location.parseUri(uri);
    return location;
  }
}

function contentLength({ headers }: Answer): number | undefined {
  const length = Number(headers['content-length']);
  return headers['content-length'] === undefined || Number.isNaN(length) ? undefined : length;
}
