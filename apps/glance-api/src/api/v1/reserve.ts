import { Hop } from '@bootlab/hop';
import { StoreBackend } from '@bootlab/image-store';
import { HttpException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { mapped } from '../../common/faults';
import type { ImageMeta } from '../../common/image-meta';
import { notify } from '../../notifier';
import { RegistryApi } from '../../registry/client/v1/api';
import { ExternalSource } from './external-source';
import type { ImageRequest } from './image-request';
import { StoreLookup } from './store-lookup';
import { writeFaults } from './write-faults';

/** Makes the row of a new image, before any data moves. */
@Injectable()
export class ImageReservation {
  constructor(
    private readonly registry: RegistryApi,
    private readonly sources: ExternalSource,
    private readonly lookup: StoreLookup,
    private readonly stores: StoreBackend,
  ) {}

  /**
   * A row that is queued, or active at once when its size is said to be 0.
   * @throws HttpException 409 for an id that is taken, 400, 403, 404 for a location without bytes
   */
  @Hop('glance.api.v1.images.Controller._reserve', {
    out: ({ id, status }: ImageMeta) => ({ 'image.id': id, 'image.status': status }),
  })
  async reserve(context: RequestContext, request: ImageRequest): Promise<ImageMeta> {
    const { imageMeta, store } = request;
    const location = this.sources.externalSource(context, request);
    if (store !== undefined && !this.stores.getKnownSchemes().includes(store)) {
      throw new HttpException(400, `Required store ${store} is invalid; enabled are ${this.#schemes()}.`);
    }
    const status = imageMeta.size === 0 ? 'active' : 'queued';
    if (location !== undefined) this.lookup.getStoreOr400(this.lookup.schemeOfLocation(location));
    const size = location === undefined ? (imageMeta.size ?? 0) : await this.lookup.getSize(imageMeta.size, location);
    try {
      const image = await this.registry.addImageMetadata(context, { ...imageMeta, size, status });
      notify('image.create', image);
      return image;
    } catch (error) {
      throw mapped(error, writeFaults);
    }
  }

  #schemes(): string {
    return this.stores.getKnownSchemes().join(', ');
  }
}
