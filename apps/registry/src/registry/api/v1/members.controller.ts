import { inTransaction } from '@bootlab/database';
import { HttpException, RequestContext } from '@bootlab/openstack';
import { All, Body, Controller, Delete, Get, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { Context } from '../../../api/middleware/context';
import type { ImageV1 } from '../../../db/image';
import { imageGet } from '../../../db/sqlalchemy/image-get';
import { lockImage } from '../../../db/sqlalchemy/lock-image';
import {
  imageMemberCreate,
  imageMemberDelete,
  imageMemberFind,
  imageMemberUpdate,
  Member,
} from '../../../db/sqlalchemy/members';
import { DATABASE, GlanceDb } from '../../../db/sqlalchemy/models';
import { refusal } from './faults';
import { sentMember, sentMemberships } from './member-body';

/** With whom images are shared. Plays `glance.registry.api.v1.members.Controller`. */
@Controller(['', 'v1'])
export class MembersController {
  constructor(@Inject(DATABASE) private readonly db: GlanceDb) {}

  @Get('images/:image_id/members')
  async index(@Context() context: RequestContext, @Param('image_id') imageId: string) {
    await this.#image(this.db, context, imageId);
    const members = await imageMemberFind(this.db, context, { imageId });
    return { members: members.map(({ member, can_share }) => ({ member_id: member, can_share })) };
  }

  /** Replaces all members of an image. */
  @Put('images/:image_id/members')
  @HttpCode(204)
  async updateAll(@Context() context: RequestContext, @Param('image_id') imageId: string, @Body() body: unknown) {
    const memberships = sentMemberships(body);
    await inTransaction(this.db, async (session) => {
      const wanted = new Map(memberships);
      await lockImage(session, imageId);
      await this.#sharable(session, context, imageId);
      const known = await imageMemberFind(session, context, { imageId, includeDeleted: true });
      for (const { id, member, can_share: canShare, deleted } of known) {
        if (wanted.has(member)) await imageMemberUpdate(session, id, wanted.get(member) ?? canShare);
        else if (!deleted) await imageMemberDelete(session, id);
        wanted.delete(member);
      }
      for (const [member, canShare] of wanted) {
        await imageMemberCreate(session, { imageId, member, canShare: canShare ?? false });
      }
    });
  }

  @Put('images/:image_id/members/:id')
  @HttpCode(204)
  async update(
    @Context() context: RequestContext,
    @Param('image_id') imageId: string,
    @Param('id') member: string,
    @Body() body: unknown,
  ) {
    const canShare = sentMember(body);
    await inTransaction(this.db, async (session) => {
      await lockImage(session, imageId);
      await this.#sharable(session, context, imageId);
      const [known] = await imageMemberFind(session, context, { imageId, member, includeDeleted: true });
      if (!known) await imageMemberCreate(session, { imageId, member, canShare: canShare ?? false });
      else if (canShare !== undefined || known.deleted) {
        await imageMemberUpdate(session, known.id, canShare ?? known.can_share);
      }
    });
  }

  @Delete('images/:image_id/members/:id')
  @HttpCode(204)
  async delete(@Context() context: RequestContext, @Param('image_id') imageId: string, @Param('id') member: string) {
    await this.#sharable(this.db, context, imageId);
    const [known] = await imageMemberFind(this.db, context, { imageId, member });
    if (!known) throw new HttpException(404, `Image ${imageId} is not shared with ${member}.`);
    await imageMemberDelete(this.db, known.id);
  }

  @All('shared-images/:id')
  async indexSharedImages(@Context() context: RequestContext, @Param('id') member: string) {
    const members = await imageMemberFind(this.db, context, { member });
    return { shared_images: members.map(({ image_id, can_share }) => ({ image_id, can_share })) };
  }

  async #image(db: GlanceDb, context: RequestContext, imageId: string): Promise<ImageV1> {
    return imageGet(db, context, imageId).catch((error: unknown) => {
      throw refusal(error, imageId);
    });
  }

  /** Owners and administrators share an image, and members who may pass it on. */
  async #sharable(db: GlanceDb, context: RequestContext, imageId: string): Promise<void> {
    if (context.projectId === undefined && !context.isAdmin) throw new HttpException(401, 'Say who asks.');
    const image = await this.#image(db, context, imageId);
    if (context.isAdmin || context.projectId === image.owner) return;
    const [own]: Member[] = await imageMemberFind(db, context, { imageId, member: context.projectId });
    if (!own?.can_share) throw new HttpException(403, `This project may not share image ${imageId}.`);
  }
}
