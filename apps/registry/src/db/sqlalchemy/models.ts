import type { Generated, Insertable, Kysely, Selectable, Transaction } from 'kysely';

/** A truth value as the database keeps it. */
export type Flag = 0 | 1;

/** Columns of every table. Times are UTC text of one form, so that they sort as they stand. */
interface Dated {
  created_at: string;
  updated_at: string | null;
  deleted_at: string | null;
  deleted: Generated<Flag>;
}

export type Visibility = 'private' | 'public' | 'shared' | 'community';

export interface ImagesTable extends Dated {
  id: string;
  name: string | null;
  disk_format: string | null;
  container_format: string | null;
  size: number | null;
  virtual_size: number | null;
  status: string;
  visibility: Visibility;
  checksum: string | null;
  min_disk: number;
  min_ram: number;
  owner: string | null;
  protected: Flag;
}

interface ImagePropertiesTable extends Dated {
  id: Generated<number>;
  image_id: string;
  name: string;
  value: string | null;
}

interface ImageLocationsTable extends Dated {
  id: Generated<number>;
  image_id: string;
  value: string;
  /** JSON. */
  meta_data: string;
  status: string;
}

interface ImageTagsTable extends Dated {
  id: Generated<number>;
  image_id: string;
  value: string;
}

interface ImageMembersTable extends Dated {
  id: Generated<number>;
  image_id: string;
  member: string;
  can_share: Flag;
  status: Generated<string>;
}

/** glance's tables as far as the API v1 needs them. Plays `glance.db.sqlalchemy.models`. */
export interface Tables {
  images: ImagesTable;
  image_properties: ImagePropertiesTable;
  image_locations: ImageLocationsTable;
  image_tags: ImageTagsTable;
  image_members: ImageMembersTable;
}

export type GlanceDb = Kysely<Tables>;
export type Session = Transaction<Tables>;
export type ImageRow = Selectable<ImagesTable>;
export type NewImageRow = Insertable<ImagesTable>;
export type MemberRow = Selectable<ImageMembersTable>;

/** Injection token of the open database. */
export const DATABASE = Symbol('glance database');
