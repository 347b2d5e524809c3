import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { RegistryApi } from '../registry/client/v1/api';

const PAGE = 1000;

/** How much a project has stored, counted over its images in the registry. */
@Injectable()
export class StorageUsage {
  constructor(private readonly registry: RegistryApi) {}

  /** Bytes that the caller's project has stored, each location counted, without the image `exceptId`. */
  async ofOwner(context: RequestContext, exceptId: string): Promise<number> {
    const owner = context.projectId ?? null;
    let bytes = 0;
    let marker: string | undefined;
    do {
      const images = await this.registry.getImagesDetail(context, {
        limit: PAGE,
        ...(context.isAdmin ? { is_public: 'None' } : {}),
        ...(marker === undefined ? {} : { marker }),
      });
      for (const { id, size, owner: itsOwner, location_data: locations = [] } of images) {
        const stored = locations.filter(({ status }) => status !== 'deleted').length;
        if (itsOwner === owner && id !== exceptId) bytes += (size ?? 0) * stored;
      }
      marker = images.at(-1)?.id;
    } while (marker !== undefined);
    return bytes;
  }
}
