import { Hop } from '@bootlab/hop';
import { HttpException, RequestContext } from '@bootlab/openstack';
import { Controller, Get, Head, Param, Query } from '@nestjs/common';
import { closable } from '../../common/closable';
import { listFaults, mapped } from '../../common/faults';
import type { ImageMeta } from '../../common/image-meta';
import { closeOnFault } from '../../common/opened';
import { Action, Context } from '../../common/wsgi/action.decorator';
import { RegistryApi } from '../../registry/client/v1/api';
import { cooperativeIter } from '../common';
import { BaseController } from './controller';
import { ImageReader } from './get-from-store';
import { createMashupDict, ImagePolicy } from './image-policy';
import { getQueryParams } from './query-params';
import { redactLoc } from './redact-loc';
import { serializeJson, serializeMeta, serializeShow, ShownImage } from './serialize-read';

type SentQuery = Record<string, string | string[] | undefined>;

const byId = (_: RequestContext, id: string) => ({ 'image.id': id });
const counted = ({ images }: { images: unknown[] }) => ({ 'image.count': images.length });
const facts = ({ imageMeta: { status, size } }: { imageMeta: ImageMeta }) => ({
  'image.status': status,
  'image.size': size ?? undefined,
});

async function* nothing(): AsyncGenerator<Buffer> {}

/** Reading images. Plays the reading half of `glance.api.v1.images.Controller`. */
@Controller('v1')
export class ImagesController {
  constructor(
    private readonly policy: ImagePolicy,
    private readonly base: BaseController,
    private readonly registry: RegistryApi,
    private readonly reader: ImageReader,
  ) {}

  @Get()
  @Action({ serialize: serializeJson })
  root(@Context() context: RequestContext, @Query() query: SentQuery) {
    return this.index(context, query);
  }

  @Get('images')
  @Action({ serialize: serializeJson })
  @Hop('glance.api.v1.images.Controller.index', { out: counted })
  async index(
    @Context() context: RequestContext,
    @Query() query: SentQuery,
  ): Promise<{ images: Partial<ImageMeta>[] }> {
    this.policy.enforce(context, 'get_images');
    try {
      return { images: await this.registry.getImagesList(context, getQueryParams(query)) };
    } catch (error) {
      throw mapped(error, listFaults);
    }
  }

  @Get('images/detail')
  @Action({ serialize: serializeJson })
  @Hop('glance.api.v1.images.Controller.detail', { out: counted })
  async detail(@Context() context: RequestContext, @Query() query: SentQuery): Promise<{ images: ImageMeta[] }> {
    this.policy.enforce(context, 'get_images');
    try {
      const images = await this.registry.getImagesDetail(context, getQueryParams(query));
      return { images: images.map((meta) => this.policy.enforceReadProtectedProps(context, redactLoc(meta))) };
    } catch (error) {
      throw mapped(error, listFaults);
    }
  }

  @Head('images/detail')
  @Action({ serialize: serializeJson })
  detailHead(): never {
    throw new HttpException(405, 'HEAD is not allowed here; use GET.', { allow: 'GET' });
  }

  @Head('images/:id')
  @Action({ serialize: serializeMeta })
  @Hop('glance.api.v1.images.Controller.meta', { in: byId, out: facts })
  async meta(@Context() context: RequestContext, @Param('id') id: string): Promise<{ imageMeta: ImageMeta }> {
    this.policy.enforce(context, 'get_image');
    const meta = redactLoc(await this.base.getImageMetaOr404(context, id));
    return { imageMeta: this.policy.enforceReadProtectedProps(context, meta) };
  }

  @Get('images/:id')
  @Action({ serialize: serializeShow })
  @Hop('glance.api.v1.images.Controller.show', { in: byId, out: facts })
  async show(@Context() context: RequestContext, @Param('id') id: string): Promise<ShownImage> {
    this.policy.enforce(context, 'get_image');
    const whole = await this.#activeAndAllowed(context, id);
    const meta = this.policy.enforceReadProtectedProps(context, whole);
    if (meta.size === 0) return { imageMeta: redactLoc(meta), imageIterator: nothing() };
    const { chunks, size } = await this.reader.getFromStore(context, meta.location ?? '');
    const { data, close } = closable(chunks);
    closeOnFault(context, close);
    const imageIterator = cooperativeIter(data);
    return { imageMeta: redactLoc({ ...meta, size: size || meta.size }), imageIterator };
  }

  /** Who may not download learns no more from a missing image than from one that is there. */
  async #activeAndAllowed(context: RequestContext, id: string): Promise<ImageMeta> {
    let meta: ImageMeta;
    try {
      meta = await this.base.getActiveImageMetaOrError(context, id);
    } catch (error) {
      if (error instanceof HttpException && error.status === 404) this.policy.enforce(context, 'download_image');
      throw error;
    }
    this.policy.enforce(context, 'download_image', createMashupDict(meta));
    return meta;
  }
}
