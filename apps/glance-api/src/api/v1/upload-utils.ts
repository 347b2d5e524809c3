import { Hop } from '@bootlab/hop';
import { AddedImage, Store, StoreBackend } from '@bootlab/image-store';
import { glanceException, HttpException, RequestContext } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import type { ImageMeta, LocationData } from '../../common/image-meta';
import { limitingReader } from '../../common/limiting-reader';
import { notifyError } from '../../notifier';
import { RegistryApi } from '../../registry/client/v1/api';
import { quotaFull, StorageQuota } from '../check-quota';
import { UploadCleanup } from './upload-cleanup';
import { uploadFailure } from './upload-failure';

/** An image whose bytes are in a store. */
export interface Uploaded {
  image: ImageMeta;
  location: LocationData;
}

/** Moves data into a store. Plays the first half of `glance.api.v1.upload_utils`. */
@Injectable()
export class ImageUploader {
  constructor(
    private readonly stores: StoreBackend,
    private readonly quota: StorageQuota,
    private readonly registry: RegistryApi,
    private readonly cleanup: UploadCleanup,
    private readonly logger: LabLogger,
  ) {}

  /**
   * Stores the data of an image that is `saving`, compares size and checksum with what the image promises, and records them.
   * A failure leaves no data behind.
   * @throws HttpException as {@link uploadFailure} says
   */
  @Hop('glance.api.v1.upload_utils.upload_data_to_store', {
    in: (_: RequestContext, { id }: ImageMeta, __: AsyncIterable<Buffer>, store: Store) => ({
      'image.id': id,
      'store.name': store.name,
    }),
    out: ({ image }: Uploaded) => ({ 'image.size': image.size ?? undefined, 'image.checksum': image.checksum ?? '' }),
  })
  async uploadDataToStore(
    context: RequestContext,
    image: ImageMeta,
    data: AsyncIterable<Buffer>,
    store: Store,
  ): Promise<Uploaded> {
    let added: AddedImage | undefined;
    try {
      const limited = await this.#withinQuota(context, image, data);
      added = await this.stores.storeAddToBackend(image.id, limited, image.size ?? 0, store);
      // Others may have stored meanwhile, and the size may not have been told before.
      await this.quota.checkQuota(context, added.size, image.id);
      refuseMismatch(image, 'size', added.size);
      refuseMismatch(image, 'checksum', added.checksum);
      return { image: await this.#record(context, image.id, added), location: locationOf(added) };
    } catch (error) {
      const { answer, kills } = uploadFailure(image.id, error);
      if (answer.status >= 500) this.logger.error(error);
      else this.logger.warn(`Storing image ${image.id} failed: ${answer.explanation}`);
      notifyError('image.upload', image.id, answer.explanation);
      if (kills) await this.cleanup.safeKill(context, image.id, 'saving');
      if (added) await this.cleanup.dropData(image.id, locationOf(added));
      throw answer;
    }
  }

  async #withinQuota(
    context: RequestContext,
    { id, size }: ImageMeta,
    data: AsyncIterable<Buffer>,
  ): Promise<AsyncIterable<Buffer>> {
    const remaining = await this.quota.checkQuota(context, size, id);
    return remaining === undefined ? data : limitingReader(data, remaining, () => quotaFull(null, remaining));
  }

  /** @throws glanceException.NotFound when the image has been deleted meanwhile */
  async #record(context: RequestContext, imageId: string, { checksum, size }: AddedImage): Promise<ImageMeta> {
    try {
      return await this.registry.updateImageMetadata(context, imageId, { checksum, size }, { fromState: 'saving' });
    } catch (error) {
      if (!(error instanceof glanceException.Duplicate)) throw error;
      const { status } = await this.registry.getImageMetadata(context, imageId);
      throw status === 'deleted' ? new glanceException.ImageNotFound({ image_id: imageId }) : error;
    }
  }
}

function locationOf({ uri, metadata }: AddedImage): LocationData {
  return { url: uri, metadata, status: 'active' };
}

function refuseMismatch(image: ImageMeta, field: 'size' | 'checksum', actual: number | string): void {
  const supplied = image[field];
  if (!supplied || supplied === actual) return;
  throw new HttpException(
    400,
    `The supplied ${field} (${supplied}) and the ${field} of the uploaded data (${actual}) do not match, so the image is killed; make a new one.`,
  );
}
