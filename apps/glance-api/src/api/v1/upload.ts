import { Hop } from '@bootlab/hop';
import { Store } from '@bootlab/image-store';
import { glanceException, HttpException, RequestContext } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Inject, Injectable } from '@nestjs/common';
import { abortable, untilAborted } from '../../common/abortable';
import { closable } from '../../common/closable';
import { mapped } from '../../common/faults';
import type { ImageMeta, LocationData } from '../../common/image-meta';
import { limitingReader } from '../../common/limiting-reader';
import { GLANCE_CONF, type GlanceConf } from '../../conf';
import { notify } from '../../notifier';
import { RegistryApi } from '../../registry/client/v1/api';
import { Activation } from './activate';
import { BackgroundCopies } from './background-copies';
import { ImageReader } from './get-from-store';
import type { ImageRequest } from './image-request';
import { StoreLookup } from './store-lookup';
import { UploadCleanup } from './upload-cleanup';
import { ImageUploader } from './upload-utils';
import { writeFaults } from './write-faults';

interface Source {
  data: AsyncIterable<Buffer>;
  /** Bytes that will come, when the source tells. */
  size?: number;
  /** Lets go of data that nobody has read. */
  close?: () => Promise<void>;
}

/** Takes an image from `queued` over `saving` to `active`. */
@Injectable()
export class Upload {
  constructor(
    private readonly registry: RegistryApi,
    private readonly lookup: StoreLookup,
    private readonly reader: ImageReader,
    private readonly uploader: ImageUploader,
    private readonly activation: Activation,
    private readonly cleanup: UploadCleanup,
    private readonly copies: BackgroundCopies,
    private readonly logger: LabLogger,
    @Inject(GLANCE_CONF) private readonly conf: GlanceConf,
  ) {}

  /**
   * @returns the active image, or undefined when the source to copy from could not be opened and the image is killed
   * @throws glanceException.Duplicate when the image changed its status meanwhile; HttpException for the rest. The data is gone then
   */
  @Hop('glance.api.v1.images.Controller._upload_and_activate', {
    in: (_: RequestContext, __: ImageRequest, { id }: ImageMeta) => ({ 'image.id': id }),
    out: (image: ImageMeta | undefined) => ({ 'image.status': image?.status ?? 'killed' }),
  })
  async uploadAndActivate(
    context: RequestContext,
    request: ImageRequest,
    image: ImageMeta,
  ): Promise<ImageMeta | undefined> {
    const location = await this.upload(context, request, image);
    if (!location) return undefined;
    try {
      return await this.activation.activate(context, image.id, location, 'saving');
    } catch (error) {
      if (!(error instanceof glanceException.Duplicate)) {
        await this.cleanup.dropData(image.id, location);
        await this.cleanup.safeKill(context, image.id, 'saving');
      }
      throw error;
    }
  }

  @Hop('glance.api.v1.images.Controller._upload', {
    in: (_: RequestContext, __: ImageRequest, { id }: ImageMeta) => ({ 'image.id': id }),
    out: (location: LocationData | undefined) => ({ 'image.uploaded': location !== undefined }),
  })
  async upload(context: RequestContext, request: ImageRequest, image: ImageMeta): Promise<LocationData | undefined> {
    const store = this.lookup.getStoreOr400(request.store ?? this.lookup.defaultScheme);
    const source = await this.#source(context, request, image);
    if (!source) return undefined;
    try {
      return await this.#save(context, image, source, store);
    } catch (error) {
      await source.close?.();
      throw mapped(error, writeFaults);
    }
  }

  async #save(context: RequestContext, image: ImageMeta, { data, size }: Source, store: Store): Promise<LocationData> {
    const { id, status } = image;
    await this.registry.updateImageMetadata(context, id, { status: 'saving' }, { fromState: status });
    const saving: ImageMeta = { ...image, status: 'saving', size: size || image.size };
    notify('image.prepare', saving);
    const { image: uploaded, location } = await this.uploader.uploadDataToStore(context, saving, data, store);
    notify('image.upload', uploaded);
    return location;
  }

  async #source(
    context: RequestContext,
    { copyFrom, imageData, contentType }: ImageRequest,
    { id, status }: ImageMeta,
  ): Promise<Source | undefined> {
    if (copyFrom !== undefined) return this.#remote(context, copyFrom, id, status);
    if (mediaType(contentType) === 'application/octet-stream') return { data: imageData! };
    await this.cleanup.safeKill(context, id, status);
    throw new HttpException(
      400,
      `The Content-Type of image data must be application/octet-stream, not ${contentType ?? 'missing'}; the image is killed.`,
    );
  }

  async #remote(context: RequestContext, uri: string, id: string, status: string): Promise<Source | undefined> {
    const cap = this.conf.DEFAULT.image_size_cap;
    try {
      const { signal } = this.copies;
      const { chunks, size } = await untilAborted(this.reader.getFromStore(context, uri), signal);
      const tooMuch = () => new glanceException.ImageSizeLimitExceeded({ cap });
      const { data, close } = closable(limitingReader(abortable(chunks, signal), cap, tooMuch));
      return { data, size, close };
    } catch (error) {
      this.logger.error(error);
      await this.cleanup.safeKill(context, id, status);
      return undefined;
    }
  }
}

function mediaType(contentType: string | undefined): string | undefined {
  return contentType?.split(';')[0]?.trim().toLowerCase();
}
