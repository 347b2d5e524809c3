import { HttpException, RequestContext } from '@bootlab/openstack';
import { All, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { mapped } from '../../common/faults';
import { JsonDeserializer } from '../../common/json-body';
import { Action, Context, Deserialized } from '../../common/wsgi/action.decorator';
import type { WireResponse } from '../../common/wsgi/types';
import { ImageMember, MembersApi, SharedImage } from '../../registry/client/v1/members-api';
import { BaseController } from './controller';
import { ImagePolicy } from './image-policy';
import { canShareOf, membershipsOf } from './member-body';
import { serializeJson } from './serialize-read';
import { StoreAcls } from './store-acls';
import { writeFaults } from './write-faults';

function noContent(): WireResponse {
  return { status: 204, headers: {} };
}

/** With whom images are shared; the registry knows. Plays `glance.api.v1.members.Controller`. */
@Controller('v1')
export class MembersController {
  constructor(
    private readonly policy: ImagePolicy,
    private readonly base: BaseController,
    private readonly members: MembersApi,
    private readonly acls: StoreAcls,
  ) {}

  @Get('images/:image_id/members')
  @Action({ serialize: serializeJson })
  async index(
    @Context() context: RequestContext,
    @Param('image_id') imageId: string,
  ): Promise<{ members: ImageMember[] }> {
    this.policy.enforce(context, 'get_members');
    await this.#imageOr404(context, imageId);
    return { members: await this.#ask(this.members.getImageMembers(context, imageId)) };
  }

  @Put('images/:image_id/members')
  @Action({ deserialize: JsonDeserializer, serialize: noContent })
  async updateAll(
    @Context() context: RequestContext,
    @Param('image_id') imageId: string,
    @Deserialized() body: unknown,
  ): Promise<void> {
    const memberships = membershipsOf(body);
    await this.#change(context, 'modify_member', imageId, () =>
      this.members.replaceMembers(context, imageId, memberships),
    );
  }

  @Get('images/:image_id/members/:id')
  @Action({ serialize: serializeJson })
  show(): never {
    throw new HttpException(405, 'One membership cannot be read here; read all of the image.', {
      allow: 'PUT, DELETE',
    });
  }

  @Put('images/:image_id/members/:id')
  @Action({ deserialize: JsonDeserializer, serialize: noContent })
  async update(
    @Context() context: RequestContext,
    @Param('image_id') imageId: string,
    @Param('id') memberId: string,
    @Deserialized() body: unknown,
  ): Promise<void> {
    const canShare = canShareOf(body);
    await this.#change(context, 'modify_member', imageId, () =>
      this.members.addMember(context, imageId, memberId, canShare),
    );
  }

  @Delete('images/:image_id/members/:id')
  @Action({ serialize: noContent })
  async delete(
    @Context() context: RequestContext,
    @Param('image_id') imageId: string,
    @Param('id') memberId: string,
  ): Promise<void> {
    await this.#change(context, 'delete_member', imageId, () => this.members.deleteMember(context, imageId, memberId));
  }

  @All('shared-images/:id')
  @Action({ serialize: serializeJson })
  async indexSharedImages(
    @Context() context: RequestContext,
    @Param('id') memberId: string,
  ): Promise<{ shared_images: SharedImage[] }> {
    this.policy.enforce(context, 'get_members');
    return { shared_images: await this.#ask(this.members.getMemberImages(context, memberId)) };
  }

  async #change(context: RequestContext, action: string, imageId: string, change: () => Promise<void>): Promise<void> {
    if (context.projectId === undefined && !context.isAdmin) throw new HttpException(401, 'Say who asks.');
    this.policy.enforce(context, action);
    const { location, is_public: isPublic } = await this.#imageOr404(context, imageId);
    await this.#ask(change());
    if (location) await this.acls.updateStoreAcls(context, imageId, location, isPublic);
  }

  async #imageOr404(context: RequestContext, imageId: string) {
    const image = await this.base.getImageMetaOr404(context, imageId);
    if (image.deleted || image.status === 'deleted') throw new HttpException(404, `Image ${imageId} has been deleted.`);
    return image;
  }

  async #ask<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw mapped(error, writeFaults);
    }
  }
}
