import { Hop } from '@bootlab/hop';
import { glanceException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { mapped } from '../../common/faults';
import type { ImageMeta, LocationData } from '../../common/image-meta';
import { notify } from '../../notifier';
import { RegistryApi } from '../../registry/client/v1/api';
import { UploadCleanup } from './upload-cleanup';
import { writeFaults } from './write-faults';

/** Gives an image its location and makes it active. */
@Injectable()
export class Activation {
  constructor(
    private readonly registry: RegistryApi,
    private readonly cleanup: UploadCleanup,
  ) {}

  /**
   * @param fromState the status the image must still have, when glance itself stored the data
   * @throws glanceException.Duplicate when it has another; glance's own data is removed then. HttpException for the rest
   */
  @Hop('glance.api.v1.images.Controller._activate', {
    in: (_: RequestContext, imageId: string) => ({ 'image.id': imageId }),
    out: ({ status }: ImageMeta) => ({ 'image.status': status }),
  })
  async activate(
    context: RequestContext,
    imageId: string,
    location: LocationData,
    fromState?: string,
  ): Promise<ImageMeta> {
    const changes: Partial<ImageMeta> = { location: location.url, status: 'active', location_data: [location] };
    try {
      const image = await this.registry.updateImageMetadata(context, imageId, changes, { fromState });
      notify('image.activate', image);
      notify('image.update', image);
      return image;
    } catch (error) {
      if (!(error instanceof glanceException.Duplicate)) throw mapped(error, writeFaults);
      // Another upload or a deletion was faster, so this data is nobody's.
      if (fromState !== undefined) await this.cleanup.dropData(imageId, location);
      throw error;
    }
  }
}
