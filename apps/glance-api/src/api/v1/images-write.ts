import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import { Controller, Delete, Param, Post, Put, UseInterceptors } from '@nestjs/common';
import { DrainBody } from '../../common/drain-body';
import type { ImageMeta } from '../../common/image-meta';
import { Action, Context, Deserialized } from '../../common/wsgi/action.decorator';
import { notify } from '../../notifier';
import { BaseController } from './controller';
import { ImageDeletion } from './delete-image';
import { ImageDeserializer } from './deserialize-image';
import { ImageSource } from './handle-source';
import { ImagePolicy } from './image-policy';
import type { ImageRequest } from './image-request';
import { PropertyWriteRules } from './property-rules';
import { redactLoc } from './redact-loc';
import { ImageReservation } from './reserve';
import { serializeCreate, serializeDelete, serializeUpdate } from './serialize-write';
import { StoreAcls } from './store-acls';
import { ImageUpdate } from './update-image';

interface Written {
  imageMeta: ImageMeta;
}

const byId = (_: RequestContext, id: string) => ({ 'image.id': id });
const facts = ({ imageMeta: { id, status, size } }: Written) => ({
  'image.id': id,
  'image.status': status,
  'image.size': size ?? undefined,
});

/** Writing images. Plays the writing half of `glance.api.v1.images.Controller`. */
@Controller('v1/images')
@UseInterceptors(DrainBody)
export class ImagesWriteController {
  constructor(
    private readonly policy: ImagePolicy,
    private readonly properties: PropertyWriteRules,
    private readonly base: BaseController,
    private readonly reservation: ImageReservation,
    private readonly source: ImageSource,
    private readonly acls: StoreAcls,
    private readonly updating: ImageUpdate,
    private readonly deletion: ImageDeletion,
  ) {}

  @Post()
  @Action({ deserialize: ImageDeserializer, serialize: serializeCreate })
  @Hop('glance.api.v1.images.Controller.create', { out: facts })
  async create(@Context() context: RequestContext, @Deserialized() request: ImageRequest): Promise<Written> {
    this.#enforce(context, 'add_image', request);
    const names = Object.keys(request.imageMeta.properties);
    this.properties.enforceCreateProtectedProps(context, names);
    this.properties.enforceImagePropertyQuota(names);
    const reserved = await this.reservation.reserve(context, request);
    const image = await this.source.handleSource(context, request, reserved);
    if (image.location) await this.acls.updateStoreAcls(context, image.id, image.location, image.is_public);
    return { imageMeta: redactLoc(image) };
  }

  @Put(':id')
  @Action({ deserialize: ImageDeserializer, serialize: serializeUpdate })
  @Hop('glance.api.v1.images.Controller.update', { in: byId, out: facts })
  async update(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Deserialized() request: ImageRequest,
  ): Promise<Written> {
    this.#enforce(context, 'modify_image', request);
    const before = await this.base.getImageMetaOr404(context, id);
    const image = await this.updating.apply(context, before, this.updating.allowed(context, before, request));
    notify('image.update', image);
    return { imageMeta: this.policy.enforceReadProtectedProps(context, redactLoc(image)) };
  }

  @Delete(':id')
  @Action({ serialize: serializeDelete })
  @Hop('glance.api.v1.images.Controller.delete', { in: byId })
  async delete(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    this.policy.enforce(context, 'delete_image');
    const image = await this.base.getImageMetaOr404(context, id);
    this.deletion.refuseUndeletable(image);
    await this.deletion.delete(context, image);
    notify('image.delete', { ...image, status: 'deleted' });
  }

  /** @throws HttpException 403 */
  #enforce(context: RequestContext, action: string, { imageMeta, imageData, copyFrom }: ImageRequest): void {
    this.policy.enforce(context, action);
    if (imageMeta.is_public) this.policy.enforce(context, 'publicize_image');
    if (copyFrom !== undefined) this.policy.enforce(context, 'copy_from');
    if (imageData || copyFrom !== undefined) this.policy.enforce(context, 'upload_image');
  }
}
