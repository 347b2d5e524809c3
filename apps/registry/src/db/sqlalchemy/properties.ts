import { glanceException } from '@bootlab/openstack';
import { utcnow } from '../../common/timeutils';
import type { Session } from './models';

const LONGEST_NAME = 255;

/** Sets an image's properties; with `purge` the others go. Plays `_set_properties_for_image`. */
export async function setPropertiesForImage(
  session: Session,
  imageId: string,
  properties: Record<string, string | null>,
  purge: boolean,
): Promise<void> {
  const names = Object.keys(properties);
  if (names.length === 0 && !purge) return;
  const rows = await session
    .selectFrom('image_properties')
    .select(['name', 'value', 'deleted'])
    .where('image_id', '=', imageId)
    .execute();
  const known = new Map(rows.map((row) => [row.name, row]));
  const now = utcnow();
  for (const [name, raw] of Object.entries(properties)) {
    const value = propertyValue(name, raw);
    const row = known.get(name);
    if (row?.deleted === 0 && row.value === value) continue;
    if (row) {
      // A property that was deleted keeps its row, which takes the new value.
      await session
        .updateTable('image_properties')
        .set({ value, deleted: 0, deleted_at: null, updated_at: now })
        .where('image_id', '=', imageId)
        .where('name', '=', name)
        .execute();
    } else {
      await session
        .insertInto('image_properties')
        .values({ image_id: imageId, name, value, created_at: now, updated_at: now })
        .execute();
    }
  }
  const gone = purge ? rows.flatMap((row) => (row.deleted === 0 && !names.includes(row.name) ? row.name : [])) : [];
  if (gone.length === 0) return;
  await session
    .updateTable('image_properties')
    .set({ deleted: 1, deleted_at: now })
    .where('image_id', '=', imageId)
    .where('name', 'in', gone)
    .execute();
}

function propertyValue(name: string, value: unknown): string | null {
  if (name.length > LONGEST_NAME) {
    throw new glanceException.Invalid({ reason: `A property's name may have ${LONGEST_NAME} characters.` });
  }
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new glanceException.Invalid({ reason: `The value of property ${name} must be text.` });
}
