import { Hop } from '@bootlab/hop';
import { glanceException, HttpException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { mapped } from '../../common/faults';
import type { ImageMeta } from '../../common/image-meta';
import { Activation } from './activate';
import { BackgroundCopies } from './background-copies';
import { BaseController } from './controller';
import type { ImageRequest } from './image-request';
import { StoreLookup } from './store-lookup';
import { Upload } from './upload';
import { validateImageMeta } from './validate-image-meta';
import { writeFaults } from './write-faults';

/** Brings an image its bytes, from where the request says. */
@Injectable()
export class ImageSource {
  constructor(
    private readonly base: BaseController,
    private readonly upload: Upload,
    private readonly activation: Activation,
    private readonly lookup: StoreLookup,
    private readonly copies: BackgroundCopies,
  ) {}

  /**
   * One of data, address to copy from (which goes on after this returns), and location; none of them leaves the image queued.
   * @returns the image as it is afterwards
   * @throws HttpException 400 for several sources or a missing format, 409 for a size that differs or an image that changed,
   * and what the upload raises
   */
  @Hop('glance.api.v1.images.Controller._handle_source', {
    out: ({ status, size }: ImageMeta) => ({ 'image.status': status, 'image.size': size ?? undefined }),
  })
  async handleSource(context: RequestContext, request: ImageRequest, image: ImageMeta): Promise<ImageMeta> {
    const { imageData, copyFrom } = request;
    const location = request.imageMeta.location;
    if ([imageData, copyFrom, location].filter(Boolean).length > 1) {
      throw new HttpException(400, 'Give the image one source: data, x-glance-api-copy-from or x-image-meta-location.');
    }
    if (copyFrom !== undefined) {
      this.copies.spawn(image.id, () => this.upload.uploadAndActivate(context, request, image));
      return image;
    }
    if (!imageData && !location) return image;
    try {
      const ready = await this.validateImageForActivation(context, image);
      if (location) return await this.#activateAt(context, location, ready);
      return (await this.upload.uploadAndActivate(context, request, ready)) ?? image;
    } catch (error) {
      throw error instanceof glanceException.Duplicate ? mapped(error, writeFaults) : error;
    }
  }

  /** Both formats must be known by now. @throws HttpException 400, 404 */
  @Hop('glance.api.v1.images.Controller._validate_image_for_activation', {
    in: (_: RequestContext, { id }: ImageMeta) => ({ 'image.id': id }),
  })
  async validateImageForActivation(context: RequestContext, image: ImageMeta): Promise<ImageMeta> {
    const { disk_format: disk, container_format: container } = await this.base.getImageMetaOr404(context, image.id);
    return validateImageMeta({
      ...image,
      disk_format: image.disk_format ?? disk,
      container_format: image.container_format ?? container,
    });
  }

  async #activateAt(context: RequestContext, location: string, image: ImageMeta): Promise<ImageMeta> {
    if (image.size) {
      const inStore = await this.lookup.sizeInStore(location);
      // A store that cannot tell says 0; then the user is believed.
      if (inStore !== 0 && inStore !== image.size) {
        throw new HttpException(
          409,
          `The size given (${image.size}) and the size in the store (${inStore}) differ; leave x-image-meta-size out to take the store's.`,
        );
      }
    }
    return this.activation.activate(context, image.id, { url: location, metadata: {}, status: 'active' });
  }
}
