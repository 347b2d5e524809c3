import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import type { Query } from '../../../common/client';
import type { ImageMeta } from '../../../common/image-meta';
import { RegistryClient, UpdateOptions } from './client';

const byId = (_: RequestContext, id: string) => ({ 'image.id': id });
const facts = ({ id, status }: ImageMeta) => ({ 'image.id': id, 'image.status': status });

/** glance-api's door to the registry. Plays the functions of `glance.registry.client.v1.api`. */
@Injectable()
export class RegistryApi {
  constructor(private readonly client: RegistryClient) {}

  @Hop('glance.registry.client.v1.api.get_images_list', {
    out: (images: unknown[]) => ({ 'image.count': images.length }),
  })
  async getImagesList(context: RequestContext, query: Query): Promise<Partial<ImageMeta>[]> {
    return this.client.getImages(context, query);
  }

  @Hop('glance.registry.client.v1.api.get_images_detail', {
    out: (images: unknown[]) => ({ 'image.count': images.length }),
  })
  async getImagesDetail(context: RequestContext, query: Query): Promise<ImageMeta[]> {
    return this.client.getImagesDetailed(context, query);
  }

  @Hop('glance.registry.client.v1.api.get_image_metadata', { in: byId, out: facts })
  async getImageMetadata(context: RequestContext, id: string): Promise<ImageMeta> {
    return this.client.getImage(context, id);
  }

  @Hop('glance.registry.client.v1.api.add_image_metadata', { out: facts })
  async addImageMetadata(context: RequestContext, meta: Partial<ImageMeta>): Promise<ImageMeta> {
    return this.client.addImage(context, meta);
  }

  @Hop('glance.registry.client.v1.api.update_image_metadata', { in: byId, out: facts })
  async updateImageMetadata(
    context: RequestContext,
    id: string,
    meta: Partial<ImageMeta>,
    options: UpdateOptions = {},
  ): Promise<ImageMeta> {
    return this.client.updateImage(context, id, meta, options);
  }

  @Hop('glance.registry.client.v1.api.delete_image_metadata', { in: byId })
  async deleteImageMetadata(context: RequestContext, id: string): Promise<ImageMeta> {
    return this.client.deleteImage(context, id);
  }
}
