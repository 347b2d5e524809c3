import type { RequestContext } from '@bootlab/openstack';
import { utcnow } from '../../common/timeutils';
import type { GlanceDb, MemberRow } from './models';

/** A project with which an image is shared. */
export interface Member extends Omit<MemberRow, 'can_share' | 'deleted'> {
  can_share: boolean;
  deleted: boolean;
}

export interface MemberQuery {
  imageId?: string;
  member?: string;
  /** A membership that was taken away is used again when it is given anew. */
  includeDeleted?: boolean;
}

/** Memberships that fit; without being an administrator only those of own images and of oneself. Plays `image_member_find`. */
export async function imageMemberFind(
  db: GlanceDb,
  context: RequestContext,
  { imageId, member, includeDeleted = false }: MemberQuery,
): Promise<Member[]> {
  const owner = context.projectId ?? '';
  const rows = await db
    .selectFrom('image_members')
    .innerJoin('images', 'images.id', 'image_members.image_id')
    .selectAll('image_members')
    .$if(!includeDeleted, (query) => query.where('image_members.deleted', '=', 0))
    .$if(imageId !== undefined, (query) => query.where('image_members.image_id', '=', imageId!))
    .$if(member !== undefined, (query) => query.where('image_members.member', '=', member!))
    .$if(!context.isAdmin, (query) =>
      query.where((is) => is.or([is('images.owner', '=', owner), is('image_members.member', '=', owner)])),
    )
    .orderBy('image_members.id')
    .execute();
  return rows.map((row) => ({ ...row, can_share: row.can_share === 1, deleted: row.deleted === 1 }));
}

/** Whether an image is shared with a project. */
export async function isImageMember(db: GlanceDb, imageId: string, member: string): Promise<boolean> {
  const row = await db
    .selectFrom('image_members')
    .select('id')
    .where('member', '=', member)
    .where('image_id', '=', imageId)
    .where('deleted', '=', 0)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Plays `image_member_create`. */
export async function imageMemberCreate(
  db: GlanceDb,
  values: { imageId: string; member: string; canShare: boolean },
): Promise<void> {
  const now = utcnow();
  await db
    .insertInto('image_members')
    .values({
      image_id: values.imageId,
      member: values.member,
      can_share: values.canShare ? 1 : 0,
      created_at: now,
      updated_at: now,
    })
    .execute();
}

/** Changes a membership, which also brings a deleted one back. Plays `image_member_update`. */
export async function imageMemberUpdate(db: GlanceDb, id: number, canShare: boolean): Promise<void> {
  await db
    .updateTable('image_members')
    .set({ can_share: canShare ? 1 : 0, deleted: 0, deleted_at: null, updated_at: utcnow() })
    .where('id', '=', id)
    .execute();
}

/** Plays `image_member_delete`. */
export async function imageMemberDelete(db: GlanceDb, id: number): Promise<void> {
  await db.updateTable('image_members').set({ deleted: 1, deleted_at: utcnow() }).where('id', '=', id).execute();
}
