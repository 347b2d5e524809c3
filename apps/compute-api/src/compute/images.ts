import { Hop } from '@bootlab/hop';
import { ImageDict } from '@bootlab/nova';
import { ImageApi } from '@bootlab/nova-image';
import { novaException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import type { BlockDevice } from './create-request';

/** The image that an instance boots from; without an id when it boots from something else. */
export interface BootImage {
  imageId: string | null;
  image: ImageDict;
}

/** Finds out what a request boots from. */
@Injectable()
export class BootImages {
  constructor(private readonly images: ImageApi) {}

  /** @throws ImageNotFound, ImageNotAuthorized, ImageBadRequest, GlanceConnectionFailed */
  @Hop('nova.compute.api.API._get_image', {
    in: (_: RequestContext, imageHref: string) => ({ 'image.ref': imageHref }),
  })
  async getImage(context: RequestContext, imageHref: string): Promise<BootImage> {
    if (imageHref === '') return { imageId: null, image: {} };
    const image = await this.images.get(context, imageHref);
    return { imageId: image.id, image };
  }

  /**
   * The image on the disk that boots first, without an imageRef.
   * @throws InvalidBDMImage, InvalidBDMVolume, InvalidBDMSnapshot when that disk cannot be read
   */
  @Hop('nova.compute.api.API._get_bdm_image_metadata', {
    in: (_: RequestContext, devices: BlockDevice[]) => ({ 'block_device.count': devices.length }),
  })
  async getBdmImageMetadata(context: RequestContext, devices: BlockDevice[]): Promise<BootImage> {
    const root = devices.find(({ boot_index }) => boot_index === 0);
    if (root?.image_id) return { imageId: null, image: await this.#imageOf(context, root.image_id) };
    if (root?.volume_id) throw new novaException.InvalidBDMVolume({ id: root.volume_id });
    if (root?.snapshot_id) throw new novaException.InvalidBDMSnapshot({ id: root.snapshot_id });
    return { imageId: null, image: {} };
  }

  /** @throws GlanceConnectionFailed, InvalidBDMImage for every other reason */
  async #imageOf(context: RequestContext, id: string): Promise<ImageDict> {
    try {
      return await this.images.get(context, id);
    } catch (error) {
      if (error instanceof novaException.GlanceConnectionFailed) throw error;
      throw new novaException.InvalidBDMImage({ id }, { cause: error });
    }
  }
}
