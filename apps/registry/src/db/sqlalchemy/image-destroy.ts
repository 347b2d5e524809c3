import { inTransaction } from '@bootlab/database';
import { hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import { utcnow } from '../../common/timeutils';
import type { ImageRecord } from '../image';
import { loadImage } from './image-get';
import { lockImage } from './lock-image';
import type { GlanceDb } from './models';
import { checkMutateAuthorization } from './mutable';

/**
 * Marks an image and all that belongs to it as deleted; no row goes.
 * @throws ImageNotFound, Forbidden, ForbiddenPublicImage
 */
export const imageDestroy = hop(
  'glance.db.sqlalchemy.api.image_destroy',
  async function imageDestroy(db: GlanceDb, context: RequestContext, imageId: string): Promise<ImageRecord> {
    return inTransaction(db, async (session) => {
      await lockImage(session, imageId);
      const image = await loadImage(session, context, imageId, false);
      checkMutateAuthorization(context, image);
      const gone = { deleted: 1 as const, deleted_at: utcnow() };
      await session.updateTable('images').set(gone).where('id', '=', imageId).execute();
      await session
        .updateTable('image_locations')
        .set({ ...gone, status: 'deleted', updated_at: gone.deleted_at })
        .where('image_id', '=', imageId)
        .where('deleted', '=', 0)
        .execute();
      for (const table of ['image_properties', 'image_members', 'image_tags'] as const) {
        await session.updateTable(table).set(gone).where('image_id', '=', imageId).where('deleted', '=', 0).execute();
      }
      return { ...image, deleted: true, deleted_at: gone.deleted_at, properties: {}, locations: [] };
    });
  },
  { in: (_db, _context, imageId) => ({ 'image.id': imageId }) },
);
