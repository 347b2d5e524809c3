import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import { GlanceImageService, getRemoteImageService } from './glance';
import { GlanceClientWrapper, GlanceOptions } from './glance-client-wrapper';
import type { NovaImage } from './nova-image';

/** nova's way to images. Plays `nova.image.api.API`. */
export class ImageApi {
  readonly #usual: GlanceImageService;

  /** @param glance section [glance] of nova.conf */
  constructor(private readonly glance: GlanceOptions) {
    this.#usual = new GlanceImageService(new GlanceClientWrapper(glance));
  }

  /**
   * One image's metadata, by id or by URL.
   * @throws ImageNotFound, ImageNotAuthorized, ImageBadRequest, GlanceConnectionFailed, InvalidImageRef
   */
  @Hop('nova.image.api.API.get', {
    in: (_context: RequestContext, idOrUri: string) => ({ 'image.ref': idOrUri }),
  })
  async get(context: RequestContext, idOrUri: string): Promise<NovaImage> {
    const { service, imageId } = this.getSessionAndImageId(idOrUri);
    return service.show(context, imageId);
  }

  /** Writes the image's bytes to the file `destPath` and gives their number. @throws see {@link GlanceImageService.download} */
  @Hop('nova.image.api.API.download', {
    in: (_context: RequestContext, idOrUri: string, destPath: string) => ({
      'image.ref': idOrUri,
      'file.path': destPath,
    }),
  })
  async download(context: RequestContext, idOrUri: string, destPath: string): Promise<number> {
    const { service, imageId } = this.getSessionAndImageId(idOrUri);
    return service.download(context, imageId, destPath);
  }

  @Hop('nova.image.api.API._get_session_and_image_id')
  private getSessionAndImageId(idOrUri: string): { service: GlanceImageService; imageId: string } {
    return getRemoteImageService(idOrUri, this.glance, this.#usual);
  }
}
