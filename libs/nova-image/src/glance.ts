import { Hop, hop } from '@bootlab/hop';
import { novaException, RequestContext } from '@bootlab/openstack';
import type { FileHandle } from 'node:fs/promises';
import { GlanceClientWrapper, GlanceOptions } from './glance-client-wrapper';
import type { NovaImage } from './nova-image';
import { reraiseTranslatedImageException } from './translate-exception';
import { isImageAvailable, translateFromGlance } from './translate-from-glance';
import { writeChunks } from './write-chunks';

/** Reads images from glance over its API v1. Plays `nova.image.glance.GlanceImageServiceV2` in the classic edition of the path. */
export class GlanceImageService {
  constructor(private readonly client: GlanceClientWrapper) {}

  /**
   * One image's metadata as nova's image dict.
   * @throws ImageNotFound, ImageNotAuthorized, ImageBadRequest, GlanceConnectionFailed
   */
  @Hop('nova.image.glance.GlanceImageServiceV2.show', {
    in: (_context: RequestContext, imageId: string) => ({ 'image.id': imageId }),
    out: (image: NovaImage) => ({ 'image.status': image.status }),
  })
  async show(context: RequestContext, imageId: string): Promise<NovaImage> {
    const image = await this.client
      .get(context, imageId)
      .catch((error: unknown) => reraiseTranslatedImageException(imageId, error));
    if (image.deleted || !isImageAvailable(context, image))
      throw new novaException.ImageNotFound({ image_id: imageId });
    return translateFromGlance(image);
  }

  /**
   * Streams the image's bytes into the file `destPath`; no file stays when that fails. An image of size 0 makes an empty
   * file. Gives the bytes written.
   * @throws what show throws, what the client raises when the bytes do not fit the checksum, OSError when the file cannot be written
   */
  @Hop('nova.image.glance.GlanceImageServiceV2.download', {
    in: (_context: RequestContext, imageId: string, destPath: string) => ({
      'image.id': imageId,
      'file.path': destPath,
    }),
    out: (bytes: number) => ({ 'image.bytes': bytes }),
  })
  async download(context: RequestContext, imageId: string, destPath: string): Promise<number> {
    const { chunks } = await this.client
      .data(context, imageId)
      .catch((error: unknown) => reraiseTranslatedImageException(imageId, error));
    return writeChunks(chunks ?? noChunks(), destPath, (file) => this.safeFsync(file));
  }

  /** Makes sure that the bytes are on the disk; pipes and sockets have none. */
  @Hop('nova.image.glance.GlanceImageServiceV2._safe_fsync')
  private async safeFsync(file: FileHandle): Promise<void> {
    const stat = await file.stat();
    if (!stat.isFIFO() && !stat.isSocket()) await file.sync();
  }
}

async function* noChunks(): AsyncGenerator<Buffer> {}

/**
 * The image service for an image reference, and the image's id: an id belongs to the configured servers, while a URL is asked at
 * the server that it names.
 * @throws InvalidImageRef when a reference with a slash is no URL
 */
export const getRemoteImageService = hop(
  'nova.image.glance.get_remote_image_service',
  function getRemoteImageService(imageHref: string, options: GlanceOptions, usual: GlanceImageService) {
    if (!imageHref.includes('/')) return { service: usual, imageId: imageHref };
    if (!URL.canParse(imageHref)) throw new novaException.InvalidImageRef({ image_href: imageHref });
    const { origin, pathname } = new URL(imageHref);
    const parts = pathname.split('/');
    const endpoint = origin + parts.slice(0, -3).join('/');
    const wrapper = new GlanceClientWrapper({ ...options, api_servers: [endpoint] });
    return { service: new GlanceImageService(wrapper), imageId: parts.at(-1) ?? '' };
  },
  { out: ({ imageId }) => ({ 'image.id': imageId }) },
);
