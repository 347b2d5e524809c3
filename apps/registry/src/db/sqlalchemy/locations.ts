import { glanceException } from '@bootlab/openstack';
import { utcnow } from '../../common/timeutils';
import type { ImageLocation } from '../image';
import type { Session } from './models';

/** Makes `locations` the image's own: those it had and that are not named by id go. Plays `_image_locations_set`. */
export async function setImageLocations(session: Session, imageId: string, locations: ImageLocation[]): Promise<void> {
  const now = utcnow();
  const kept = locations.flatMap(({ id }) => id ?? []);
  await session
    .updateTable('image_locations')
    .set({ deleted: 1, status: 'deleted', updated_at: now, deleted_at: now })
    .where('image_id', '=', imageId)
    .where('deleted', '=', 0)
    .$if(kept.length > 0, (query) => query.where('id', 'not in', kept))
    .execute();
  for (const location of locations) {
    const gone = location.status === 'deleted' || location.status === 'pending_delete';
    const values = {
      value: location.url,
      meta_data: JSON.stringify(location.metadata ?? {}),
      status: location.status,
      updated_at: now,
      deleted: gone ? (1 as const) : (0 as const),
      deleted_at: gone ? now : null,
    };
    const { id } = location;
    if (id === undefined || id === null) {
      await session
        .insertInto('image_locations')
        .values({ ...values, image_id: imageId, created_at: now })
        .execute();
    } else {
      await updateLocation(session, imageId, id, values);
    }
  }
}

async function updateLocation(session: Session, imageId: string, id: number, values: object): Promise<void> {
  const { numUpdatedRows } = await session
    .updateTable('image_locations')
    .set(values)
    .where('id', '=', id)
    .where('image_id', '=', imageId)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) {
    throw new glanceException.Invalid({ reason: `Image ${imageId} has no location with id ${id}.` });
  }
}
