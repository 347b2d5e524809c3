import type { ImageRecord } from '../image';
import type { GlanceDb, ImageRow } from './models';

/** An image's columns together with one of its properties and one of its locations, either of which may be missing. */
export type JoinedRow = ImageRow & {
  property_name: string | null;
  property_value: string | null;
  location_id: number | null;
  location_value: string | null;
  location_meta_data: string | null;
  location_status: string | null;
};

/** Images with their properties and locations, one row for each pair of them. */
export function selectJoined(db: GlanceDb) {
  return db
    .selectFrom('images')
    .leftJoin('image_properties as property', (join) =>
      join.onRef('property.image_id', '=', 'images.id').on('property.deleted', '=', 0),
    )
    .leftJoin('image_locations as location', (join) =>
      join.onRef('location.image_id', '=', 'images.id').on('location.deleted', '=', 0),
    )
    .selectAll('images')
    .select([
      'property.name as property_name',
      'property.value as property_value',
      'location.id as location_id',
      'location.value as location_value',
      'location.meta_data as location_meta_data',
      'location.status as location_status',
    ]);
}

/** The rows of one image as one record; undefined when there are none. */
export function imageOfRows(rows: JoinedRow[]): ImageRecord | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const image = imageOfRow(first);
  const locations = new Set<number>();
  for (const row of rows) {
    if (row.property_name !== null) image.properties[row.property_name] = row.property_value;
    if (row.location_id !== null && !locations.has(row.location_id)) {
      locations.add(row.location_id);
      image.locations.push(
        locationOfRow(row.location_id, row.location_value, row.location_meta_data, row.location_status),
      );
    }
  }
  return image;
}

export function imageOfRow(row: ImageRow): ImageRecord {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    size: row.size,
    virtual_size: row.virtual_size,
    disk_format: row.disk_format,
    container_format: row.container_format,
    checksum: row.checksum,
    min_disk: row.min_disk,
    min_ram: row.min_ram,
    owner: row.owner,
    visibility: row.visibility,
    protected: row.protected === 1,
    created_at: row.created_at,
    updated_at: row.updated_at,
    deleted: row.deleted === 1,
    deleted_at: row.deleted_at,
    properties: {},
    locations: [],
  };
}

export function locationOfRow(id: number, url: string | null, metadata: string | null, status: string | null) {
  return {
    id,
    url: url ?? '',
    metadata: JSON.parse(metadata ?? '{}') as Record<string, unknown>,
    status: status ?? 'active',
  };
}
