import { HttpException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { mapped } from '../../common/faults';
import type { ImageMeta } from '../../common/image-meta';
import { RegistryApi } from '../../registry/client/v1/api';
import { ExternalSource } from './external-source';
import { ImageSource } from './handle-source';
import type { ImageRequest } from './image-request';
import { refuseImmutable } from './immutable-fields';
import { PropertyWriteRules } from './property-rules';
import { StoreAcls } from './store-acls';
import { StoreLookup } from './store-lookup';
import { writeFaults } from './write-faults';

/** Changes an image that is there: the steps of `update` once the policy has said yes. */
@Injectable()
export class ImageUpdate {
  constructor(
    private readonly registry: RegistryApi,
    private readonly properties: PropertyWriteRules,
    private readonly sources: ExternalSource,
    private readonly source: ImageSource,
    private readonly acls: StoreAcls,
    private readonly lookup: StoreLookup,
  ) {}

  /**
   * What may be changed of `before`, with the properties that stay.
   * @throws HttpException 403, 409 for data when the image is not queued, 413
   */
  allowed(context: RequestContext, before: ImageMeta, request: ImageRequest): ImageRequest {
    const { imageMeta, imageData } = request;
    if (before.deleted || before.status === 'deleted') {
      throw new HttpException(403, `Forbidden to update deleted image ${before.id}.`);
    }
    refuseImmutable(context, before, imageMeta);
    // Who brings data names the properties that come with it, not all there are.
    const purgeProps = request.purgeProps && imageData === undefined;
    const properties = this.#properties(context, before.properties, imageMeta.properties, purgeProps);
    if (imageData && before.status !== 'queued') {
      throw new HttpException(409, `Cannot upload to image ${before.id}: it is ${before.status}, not queued.`);
    }
    return { ...request, imageMeta: { ...imageMeta, properties }, purgeProps };
  }

  /** @throws HttpException 400 for a location of an image that is not queued, and the registry's and the source's */
  async apply(context: RequestContext, before: ImageMeta, request: ImageRequest): Promise<ImageMeta> {
    const location = this.sources.externalSource(context, request);
    const queued = before.status === 'queued';
    if (location !== undefined && !queued) {
      throw new HttpException(
        400,
        `The location of image ${before.id} is settled: it is ${before.status}, not queued.`,
      );
    }
    const { is_public: isPublic, size } = request.imageMeta;
    const where = location ?? before.location;
    if (where && (isPublic !== undefined || location !== undefined)) {
      await this.acls.updateStoreAcls(context, before.id, where, isPublic ?? before.is_public);
    }
    const changes = { ...request.imageMeta };
    if (location !== undefined) changes.size = await this.lookup.getSize(size, location);
    const image = await this.#save(context, before.id, changes, request.purgeProps);
    const activating = queued && (location !== undefined || request.imageData !== undefined);
    return activating ? this.source.handleSource(context, request, image) : image;
  }

  async #save(context: RequestContext, id: string, changes: Partial<ImageMeta>, purgeProps: boolean) {
    try {
      return await this.registry.updateImageMetadata(context, id, changes, { purgeProps });
    } catch (error) {
      throw mapped(error, writeFaults);
    }
  }

  #properties(
    context: RequestContext,
    before: Record<string, string>,
    wanted: Record<string, string>,
    purge: boolean,
  ): Record<string, string> {
    const added = Object.keys(wanted).filter((name) => !Object.hasOwn(before, name));
    this.properties.enforceCreateProtectedProps(context, added);
    this.properties.enforceUpdateProtectedProps(context, before, wanted);
    const after = purge ? this.properties.enforceDeleteProtectedProps(context, before, wanted) : wanted;
    this.properties.enforceImagePropertyQuota([...Object.keys(after), ...(purge ? [] : Object.keys(before))]);
    return after;
  }
}
