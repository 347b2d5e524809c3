import { Hop } from '@bootlab/hop';
import { Store, StoreBackend } from '@bootlab/image-store';
import { Injectable } from '@nestjs/common';
import { mapped } from '../../common/faults';
import { locationFaults } from './write-faults';

/** Finds the store for a scheme or a location, and asks it for sizes. */
@Injectable()
export class StoreLookup {
  constructor(private readonly stores: StoreBackend) {}

  get defaultScheme(): string {
    return this.stores.defaultStore.schemes[0]!;
  }

  /** @throws HttpException 400 */
  @Hop('glance.api.v1.images.Controller.get_store_or_400', {
    in: (scheme: string) => ({ 'store.scheme': scheme }),
    out: ({ name }: Store) => ({ 'store.name': name }),
  })
  getStoreOr400(scheme: string): Store {
    try {
      return this.stores.getStoreFromScheme(scheme);
    } catch (error) {
      throw mapped(error, locationFaults);
    }
  }

  /** The scheme of a location that its store can read. @throws HttpException 400 */
  schemeOfLocation(uri: string): string {
    try {
      return this.stores.getLocationFromUri(uri).storeLocation.scheme;
    } catch (error) {
      throw mapped(error, locationFaults);
    }
  }

  /**
   * Bytes at a location: what the user says, or else what the store says.
   * @throws HttpException 404, 400, 503
   */
  @Hop('glance.api.v1.images.Controller._get_size', { out: (size: number) => ({ 'image.size': size }) })
  async getSize(told: number | null | undefined, location: string): Promise<number> {
    return told || this.sizeInStore(location);
  }

  /** Bytes at a location, 0 when its store cannot tell. @throws HttpException 404, 400, 503 */
  async sizeInStore(location: string): Promise<number> {
    try {
      return await this.stores.getSizeFromBackend(location);
    } catch (error) {
      throw mapped(error, locationFaults);
    }
  }
}
