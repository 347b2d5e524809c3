import { Hop } from '@bootlab/hop';
import { glanceException, HttpException, RequestContext } from '@bootlab/openstack';
import { All, Body, Controller, Delete, Get, Headers, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Context } from '../../../api/middleware/context';
import type { ImageV1 } from '../../../db/image';
import { imageDestroy } from '../../../db/sqlalchemy/image-destroy';
import { imageGet } from '../../../db/sqlalchemy/image-get';
import { imageGetAll, ImageListParams } from '../../../db/sqlalchemy/image-get-all';
import { imageCreate, imageUpdate } from '../../../db/sqlalchemy/image-update';
import { DATABASE, GlanceDb } from '../../../db/sqlalchemy/models';
import { refusal } from './faults';
import { imageBody } from './image-body';
import { ImageDict, makeImageDict } from './image-dict';
import { normalizeImageLocationForDb } from './image-locations';
import { getQueryParams, LIST_LIMITS, ListLimits, Query as ListQuery } from './query-params';
import { isUuidLike } from './uuid';

const INDEX_FIELDS = ['id', 'name', 'size', 'disk_format', 'container_format', 'checksum'] as const;

type OneImage = { image: ImageDict };

const byId = (_context: RequestContext, id: string) => ({ 'image.id': id });
const facts = ({ image }: OneImage) => ({ 'image.id': image.id, 'image.status': image.status });

/** Images of the registry. Plays `glance.registry.api.v1.images.Controller`. */
@Controller(['', 'v1'])
export class ImagesController {
  constructor(
    @Inject(DATABASE) private readonly db: GlanceDb,
    @Inject(LIST_LIMITS) private readonly limits: ListLimits,
  ) {}

  @All()
  root(@Context() context: RequestContext, @Query() query: ListQuery) {
    return this.index(context, query);
  }

  @Get('images')
  @Hop('glance.registry.api.v1.images.Controller.index', {
    out: ({ images }: { images: unknown[] }) => ({ 'image.count': images.length }),
  })
  async index(@Context() context: RequestContext, @Query() query: ListQuery) {
    const images = await this.getImages(context, getQueryParams(context, query, this.limits));
    return { images: images.map((image) => Object.fromEntries(INDEX_FIELDS.map((field) => [field, image[field]]))) };
  }

  @Get('images/detail')
  @Hop('glance.registry.api.v1.images.Controller.detail', {
    out: ({ images }: { images: unknown[] }) => ({ 'image.count': images.length }),
  })
  async detail(@Context() context: RequestContext, @Query() query: ListQuery) {
    const images = await this.getImages(context, getQueryParams(context, query, this.limits));
    return { images: images.map(makeImageDict) };
  }

  @Get('images/:id')
  @Hop('glance.registry.api.v1.images.Controller.show', { in: byId, out: facts })
  async show(@Context() context: RequestContext, @Param('id') id: string): Promise<OneImage> {
    const image = await imageGet(this.db, context, id).catch(refuse(id));
    return { image: makeImageDict(image) };
  }

  @Post('images')
  @HttpCode(200)
  @Hop('glance.registry.api.v1.images.Controller.create', { out: facts })
  async create(@Context() context: RequestContext, @Body() body: unknown): Promise<OneImage> {
    const { image: sent } = imageBody(body);
    const { location, location_data: data, ...values } = { status: 'active', ...sent };
    const { id } = values;
    if (id !== undefined && !(typeof id === 'string' && isUuidLike(id))) {
      throw new HttpException(400, 'The id of an image must be a UUID.');
    }
    if (!context.isAdmin || values.owner === undefined) values.owner = context.projectId ?? null;
    try {
      const locations = normalizeImageLocationForDb({ location, location_data: data });
      return { image: makeImageDict(await imageCreate(this.db, context, { ...values, locations })) };
    } catch (error) {
      throw refusal(error, id ?? '');
    }
  }

  @Put('images/:id')
  @Hop('glance.registry.api.v1.images.Controller.update', { in: byId, out: facts })
  async update(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('x-glance-registry-purge-props') purge?: string,
  ): Promise<OneImage> {
    const { image: sent, from_state: fromState } = imageBody(body);
    const { location, location_data: data, owner, ...values } = sent;
    try {
      const locations = normalizeImageLocationForDb({ location, location_data: data });
      const changes = { ...values, locations, owner: context.isAdmin ? owner : undefined };
      const image = await imageUpdate(this.db, context, id, changes, { purgeProps: purge === 'true', fromState });
      return { image: makeImageDict(image) };
    } catch (error) {
      throw refusal(error, id);
    }
  }

  @Delete('images/:id')
  @Hop('glance.registry.api.v1.images.Controller.delete', { in: byId, out: facts })
  async delete(@Context() context: RequestContext, @Param('id') id: string): Promise<OneImage> {
    const image = await imageDestroy(this.db, context, id).catch(refuse(id));
    return { image: makeImageDict(image) };
  }

  @Hop('glance.registry.api.v1.images.Controller._get_images')
  private async getImages(context: RequestContext, params: ImageListParams): Promise<ImageV1[]> {
    return imageGetAll(this.db, context, params).catch((error: unknown) => {
      const { ImageNotFound, Forbidden } = glanceException;
      if (error instanceof ImageNotFound || error instanceof Forbidden) {
        throw new HttpException(400, 'The marker is no image that this caller can see.', {}, { cause: error });
      }
      throw refusal(error, params.marker ?? '');
    });
  }
}

function refuse(id: string): (error: unknown) => never {
  return (error) => {
    throw refusal(error, id);
  };
}
