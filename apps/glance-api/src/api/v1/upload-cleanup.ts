import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import type { LocationData } from '../../common/image-meta';
import { StoreUtils } from '../../common/store-utils';
import { RegistryApi } from '../../registry/client/v1/api';

/** Undoes an upload that failed. Plays the second half of `glance.api.v1.upload_utils`. */
@Injectable()
export class UploadCleanup {
  constructor(
    private readonly registry: RegistryApi,
    private readonly storeUtils: StoreUtils,
    private readonly logger: LabLogger,
  ) {}

  /**
   * Marks the image as killed. That this fails is logged: the failure that led here is the one to tell.
   * @param fromState the status that the image has if nobody else has taken it
   */
  @Hop('glance.api.v1.upload_utils.safe_kill', {
    in: (_: RequestContext, imageId: string, fromState: string) => ({
      'image.id': imageId,
      'image.from_status': fromState,
    }),
    out: (killed: boolean) => ({ 'image.killed': killed }),
  })
  async safeKill(context: RequestContext, imageId: string, fromState: string): Promise<boolean> {
    try {
      await this.registry.updateImageMetadata(context, imageId, { status: 'killed' }, { fromState });
      return true;
    } catch (error) {
      this.logger.error(`Image ${imageId} could not be marked as killed: ${(error as Error).message}`);
      return false;
    }
  }

  /** Has the stored bytes removed. */
  @Hop('glance.api.v1.upload_utils.initiate_deletion', {
    in: (imageId: string) => ({ 'image.id': imageId }),
  })
  async initiateDeletion(imageId: string, location: LocationData): Promise<void> {
    await this.storeUtils.deleteImageLocationFromBackend(imageId, location);
  }

  /** As initiateDeletion, on the way out with another failure: that one is told, this one logged. */
  async dropData(imageId: string, location: LocationData): Promise<void> {
    try {
      await this.initiateDeletion(imageId, location);
    } catch (error) {
      this.logger.error(`The data of image ${imageId} could not be removed: ${(error as Error).message}`);
    }
  }
}
