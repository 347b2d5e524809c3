import { Hop } from '@bootlab/hop';
import { HttpException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { mapped, registryFaults } from '../../common/faults';
import type { ImageMeta } from '../../common/image-meta';
import { RegistryApi } from '../../registry/client/v1/api';

const byId = (_: RequestContext, id: string) => ({ 'image.id': id });
const facts = ({ status, size }: ImageMeta) => ({ 'image.status': status, 'image.size': size ?? undefined });

/** What every controller of API v1 needs of an image. Plays `glance.api.v1.controller.BaseController`. */
@Injectable()
export class BaseController {
  constructor(private readonly registry: RegistryApi) {}

  /** @throws HttpException 404, 403 */
  @Hop('glance.api.v1.controller.BaseController.get_image_meta_or_404', { in: byId, out: facts })
  async getImageMetaOr404(context: RequestContext, id: string): Promise<ImageMeta> {
    try {
      return await this.registry.getImageMetadata(context, id);
    } catch (error) {
      throw mapped(error, registryFaults);
    }
  }

  /** @throws HttpException 403 for a deactivated image, 404 for one that has no data yet or no longer */
  @Hop('glance.api.v1.controller.BaseController.get_active_image_meta_or_error', { in: byId, out: facts })
  async getActiveImageMetaOrError(context: RequestContext, id: string): Promise<ImageMeta> {
    const meta = await this.getImageMetaOr404(context, id);
    if (meta.status === 'active') return meta;
    if (meta.status === 'deactivated') {
      throw new HttpException(403, `Image ${id} is deactivated; an administrator can reactivate it.`);
    }
    throw new HttpException(404, `Image ${id} is ${meta.status}, not active, so it has no data to give.`);
  }
}
