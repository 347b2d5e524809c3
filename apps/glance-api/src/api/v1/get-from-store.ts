import { Hop } from '@bootlab/hop';
import { StoreBackend, StoredImage } from '@bootlab/image-store';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { mapped, storeFaults } from '../../common/faults';

/** Opens the bytes of an image. */
@Injectable()
export class ImageReader {
  constructor(private readonly backend: StoreBackend) {}

  /** @throws HttpException by the table of store faults */
  @Hop('glance.api.v1.images.Controller._get_from_store', {
    out: ({ size }: StoredImage) => ({ 'image.size': size }),
  })
  async getFromStore(context: RequestContext, where: string): Promise<StoredImage> {
    try {
      const location = this.backend.getLocationFromUri(where);
      const store = this.backend.getStoreFromUri(where);
      return await store.get(location, { context });
    } catch (error) {
      throw mapped(error, storeFaults);
    }
  }
}
