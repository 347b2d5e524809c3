import { glanceException, HttpException, RequestContext, storeException } from '@bootlab/openstack';
import { Inject, Injectable } from '@nestjs/common';
import { mapped } from '../../common/faults';
import type { ImageMeta } from '../../common/image-meta';
import { GLANCE_CONF, type GlanceConf } from '../../conf';
import { RegistryApi } from '../../registry/client/v1/api';
import { UploadCleanup } from './upload-cleanup';

const deleteFaults = [
  [glanceException.NotFound, 404],
  [glanceException.Forbidden, 403],
  [storeException.Forbidden, 403],
  [storeException.InUseByStore, 409],
] as const;

/** Removes an image: the steps of `delete` once the policy has said yes. */
@Injectable()
export class ImageDeletion {
  constructor(
    private readonly registry: RegistryApi,
    private readonly cleanup: UploadCleanup,
    @Inject(GLANCE_CONF) private readonly conf: GlanceConf,
  ) {}

  /** @throws HttpException 403 for a protected or already going image, 404 for one that is gone */
  refuseUndeletable({ id, protected: isProtected, status, deleted }: ImageMeta): void {
    if (deleted || status === 'deleted') throw new HttpException(404, `Image ${id} not found.`);
    if (isProtected) {
      throw new HttpException(403, `Image ${id} is protected; unset its protected flag before you delete it.`);
    }
    if (status === 'pending_delete') throw new HttpException(403, `Image ${id} is being deleted already.`);
  }

  /**
   * The status comes first, because the registry knows who may delete; then the data, then the row.
   * @throws HttpException 404, 403, 409 while the store uses the data; the image is as before then
   */
  async delete(context: RequestContext, image: ImageMeta): Promise<void> {
    try {
      await this.registry.updateImageMetadata(context, image.id, this.#going(image));
      await this.#deleteData(context, image);
      await this.registry.deleteImageMetadata(context, image.id);
    } catch (error) {
      throw mapped(error, deleteFaults);
    }
  }

  /** Data that is kept for later is marked, so that it can be found. */
  #going({ location, location_data: data = [] }: ImageMeta): Partial<ImageMeta> {
    if (!location || !this.conf.DEFAULT.delayed_delete) return { status: 'deleted' };
    return { status: 'pending_delete', location_data: data.map((one) => ({ ...one, status: 'pending_delete' })) };
  }

  async #deleteData(context: RequestContext, { id, status, location_data: locations = [] }: ImageMeta): Promise<void> {
    try {
      for (const location of locations) {
        if (location.status === 'active') await this.cleanup.initiateDeletion(id, location);
      }
    } catch (error) {
      const back = this.conf.DEFAULT.delayed_delete ? { status, location_data: locations } : { status };
      await this.registry.updateImageMetadata(context, id, back);
      throw error;
    }
  }
}
