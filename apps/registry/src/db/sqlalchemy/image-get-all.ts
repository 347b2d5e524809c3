import { hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import type { ImageRecord, ImageV1 } from '../image';
import { mutateImageDictToV1 } from '../utils';
import { ImageFilters, makeConditionsFromFilters } from './conditions';
import { imageOfRow, locationOfRow } from './image-rows';
import { loadImage, normalizeLocations } from './image-get';
import type { GlanceDb, ImageRow } from './models';
import { paginateQuery, SortKey } from './paginate';
import { selectImagesQuery } from './select-images';

export interface ImageListParams {
  filters: ImageFilters;
  limit: number;
  sortKey: SortKey;
  sortDir: 'asc' | 'desc';
  marker?: string;
  /** True for public images only, false for the others only. */
  isPublic?: boolean;
  /** Gives an administrator what a user would see. */
  adminAsUser?: boolean;
}

/**
 * A page of images that fit the filters and that the caller may see.
 * @throws ImageNotFound or Forbidden for the marker, Invalid for a filter
 */
export const imageGetAll = hop(
  'glance.db.sqlalchemy.api.image_get_all',
  async function imageGetAll(db: GlanceDb, context: RequestContext, params: ImageListParams): Promise<ImageV1[]> {
    const { filters, marker, limit, sortKey, sortDir } = params;
    const showingDeleted = filters.changesSince !== undefined || filters.deleted === true;
    const conditions = makeConditionsFromFilters(filters, params.isPublic);
    const query = selectImagesQuery(db, context, conditions, params.adminAsUser ?? false);
    const last = marker === undefined ? undefined : await loadImage(db, context, marker, showingDeleted);
    const page = paginateQuery(db, query, { limit, sortKey, sortDir, last });
    const images = await withChildren(db, await page.execute(), showingDeleted);
    return images.map((image) => mutateImageDictToV1(normalizeLocations(context, image)));
  },
  {
    in: (_db, _context, { limit, sortKey, sortDir, marker }) => ({
      'list.limit': limit,
      'list.sort': `${sortKey} ${sortDir}`,
      'list.marker': marker,
    }),
    out: (images) => ({ 'image.count': images.length }),
  },
);

async function withChildren(db: GlanceDb, rows: ImageRow[], showingDeleted: boolean): Promise<ImageRecord[]> {
  const images = new Map(rows.map((row) => [row.id, imageOfRow(row)]));
  if (images.size === 0) return [];
  const ids = [...images.keys()];
  const properties = await db
    .selectFrom('image_properties')
    .select(['image_id', 'name', 'value'])
    .where('image_id', 'in', ids)
    .where('deleted', '=', 0)
    .execute();
  for (const { image_id: id, name, value } of properties) images.get(id)!.properties[name] = value;
  const locations = await db
    .selectFrom('image_locations')
    .select(['image_id', 'id', 'value', 'meta_data', 'status'])
    .where('image_id', 'in', ids)
    .$if(!showingDeleted, (query) => query.where('deleted', '=', 0))
    .orderBy('id')
    .execute();
  for (const { image_id: image, id, value, meta_data: metadata, status } of locations) {
    images.get(image)!.locations.push(locationOfRow(id, value, metadata, status));
  }
  return [...images.values()];
}
