import { Hop } from '@bootlab/hop';
import { storeException } from '@bootlab/openstack';
import type { AddedImage, Store } from './driver';
import { Location, schemeOf, unknownScheme } from './location';

/**
 * The enabled stores as a pure chain: each is asked in turn whether it serves a scheme, and answers or passes on.
 * Plays `glance_store.backend` and `glance_store.location`, whose globals are the fields of this object.
 */
export class StoreBackend {
  /**
   * @param stores in the order of `[glance_store] stores`
   * @param defaultScheme scheme of the store that takes uploads
   */
  constructor(
    private readonly stores: readonly Store[],
    private readonly defaultScheme: string,
  ) {
    this.verifyDefaultStore();
  }

  /** @throws storeException.UnknownScheme, storeException.BadStoreUri */
  @Hop('glance_store.location.get_location_from_uri', { in: (uri: string) => ({ 'store.scheme': schemeOf(uri) }) })
  getLocationFromUri(uri: string): Location {
    return Location.make(this.#serving(schemeOf(uri)), uri);
  }

  /** @throws storeException.UnknownScheme */
  @Hop('glance_store.backend.get_store_from_uri', { out: (store: Store) => ({ 'store.name': store.name }) })
  getStoreFromUri(uri: string): Store {
    return this.getStoreFromScheme(schemeOf(uri));
  }

  /** @throws storeException.UnknownScheme */
  @Hop('glance_store.backend.get_store_from_scheme', { in: (scheme: string) => ({ 'store.scheme': scheme }) })
  getStoreFromScheme(scheme: string): Store {
    return this.#serving(scheme);
  }

  get defaultStore(): Store {
    return this.#serving(this.defaultScheme);
  }

  @Hop('glance_store.backend.get_known_schemes')
  getKnownSchemes(): string[] {
    return this.stores.flatMap(({ schemes }) => schemes);
  }

  /** @throws storeException.BackendException when the driver's metadata is no object */
  @Hop('glance_store.backend.store_add_to_backend', {
    in: (imageId: string, _data: AsyncIterable<Buffer>, size: number, store: Store) => ({
      'image.id': imageId,
      'image.size': size,
      'store.name': store.name,
    }),
    out: ({ size, checksum }: AddedImage) => ({ 'image.stored_size': size, 'image.checksum': checksum }),
  })
  async storeAddToBackend(
    imageId: string,
    data: AsyncIterable<Buffer>,
    size: number,
    store: Store,
  ): Promise<AddedImage> {
    const added = await store.add(imageId, data, size);
    this.checkLocationMetadata(added.metadata);
    return added;
  }

  @Hop('glance_store.backend.check_location_metadata')
  checkLocationMetadata(metadata: unknown): void {
    if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
      throw new storeException.BackendException({ reason: 'a driver gave location metadata that is no mapping' });
    }
  }

  @Hop('glance_store.backend.delete_from_backend')
  async deleteFromBackend(uri: string): Promise<void> {
    const location = this.getLocationFromUri(uri);
    await this.getStoreFromUri(uri).delete(location);
  }

  /** Bytes at a location, 0 when its store cannot tell. */
  @Hop('glance_store.backend.get_size_from_backend', { out: (size: number) => ({ 'image.size': size }) })
  async getSizeFromBackend(uri: string): Promise<number> {
    const location = this.getLocationFromUri(uri);
    return this.getStoreFromUri(uri).getSize(location);
  }

  async close(): Promise<void> {
    await Promise.all(this.stores.map((store) => store.close()));
  }

  private verifyDefaultStore(): void {
    if (!this.stores.some(({ schemes }) => schemes.includes(this.defaultScheme))) {
      throw new Error(
        `default_store in [glance_store] of glance-api.conf is ${this.defaultScheme}, which none of the enabled stores serves; set it to one of ${this.stores.flatMap(({ schemes }) => schemes).join(', ')}.`,
      );
    }
  }

  #serving(scheme: string): Store {
    for (const store of this.stores) if (store.schemes.includes(scheme)) return store;
    throw unknownScheme(
      scheme,
      this.stores.flatMap(({ schemes }) => schemes),
    );
  }
}
