import { asId, columnTypes, createSortIndex, engineOf, IndexedColumn, Migrations } from '@bootlab/database';
import { CreateTableBuilder, Kysely, sql } from 'kysely';

/** Adds the columns of every table, so it comes last. */
function dated<C extends string>(db: Kysely<unknown>, table: CreateTableBuilder<string, C>) {
  const time = columnTypes(db).name(26);
  return table
    .addColumn('created_at', time, (column) => column.notNull())
    .addColumn('updated_at', time)
    .addColumn('deleted_at', time)
    .addColumn('deleted', 'integer', (column) => column.notNull().defaultTo(0));
}

function child(db: Kysely<unknown>, name: string) {
  return db.schema
    .createTable(name)
    .addColumn('id', columnTypes(db).id, asId(db))
    .addColumn('image_id', columnTypes(db).name(36), (column) => column.notNull().references('images.id'));
}

async function index(db: Kysely<unknown>, table: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`ix_${table}_${columns.join('_')}`)
    .on(table)
    .columns(columns)
    .execute();
}

async function createImages(db: Kysely<unknown>): Promise<void> {
  const { name } = columnTypes(db);
  const images = db.schema
    .createTable('images')
    .addColumn('id', name(36), (column) => column.primaryKey().notNull())
    .addColumn('name', name(255))
    .addColumn('disk_format', name(20))
    .addColumn('container_format', name(20))
    .addColumn('size', 'bigint')
    .addColumn('virtual_size', 'bigint')
    .addColumn('status', name(30), (column) => column.notNull())
    .addColumn('visibility', name(9), (column) => column.notNull().defaultTo(sql.lit('shared')))
    .addColumn('checksum', name(32))
    .addColumn('min_disk', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('min_ram', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('owner', name(255))
    .addColumn('protected', 'integer', (column) => column.notNull().defaultTo(0));
  await dated(db, images).execute();
  await index(db, 'images', ['visibility', 'deleted', 'created_at', 'id']);
  await index(db, 'images', ['updated_at']);
}

async function createProperties(db: Kysely<unknown>): Promise<void> {
  await dated(
    db,
    child(db, 'image_properties')
      .addColumn('name', columnTypes(db).name(255), (column) => column.notNull())
      .addColumn('value', columnTypes(db).text),
  )
    .addUniqueConstraint('ix_image_properties_image_id_name', ['image_id', 'name'])
    .execute();
}

async function createLocations(db: Kysely<unknown>): Promise<void> {
  await dated(
    db,
    child(db, 'image_locations')
      .addColumn('value', columnTypes(db).text, (column) => column.notNull())
      .addColumn('meta_data', columnTypes(db).text, (column) => column.notNull())
      .addColumn('status', columnTypes(db).name(30), (column) => column.notNull().defaultTo(sql.lit('active'))),
  ).execute();
  await index(db, 'image_locations', ['image_id']);
}

async function createTags(db: Kysely<unknown>): Promise<void> {
  await dated(
    db,
    child(db, 'image_tags').addColumn('value', columnTypes(db).name(255), (column) => column.notNull()),
  ).execute();
  await index(db, 'image_tags', ['image_id', 'value']);
}

async function createMembers(db: Kysely<unknown>): Promise<void> {
  await dated(
    db,
    child(db, 'image_members')
      .addColumn('member', columnTypes(db).name(255), (column) => column.notNull())
      .addColumn('can_share', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('status', columnTypes(db).name(20), (column) => column.notNull().defaultTo(sql.lit('pending'))),
  )
    .addUniqueConstraint('image_members_image_id_member_deleted_at_key', ['image_id', 'member', 'deleted_at'])
    .execute();
  await index(db, 'image_members', ['member', 'image_id']);
}

const newest: IndexedColumn[] = [{ name: 'created_at' }, { name: 'id' }];

/** One for each order in which images can be listed; those by owner are for what a user sees. */
async function createListIndexes(db: Kysely<unknown>): Promise<void> {
  const nullable = ['name', 'container_format', 'disk_format', 'size', 'updated_at'].map((name) => ({
    name,
    nullable: true,
  }));
  for (const column of [{ name: 'status' }, ...nullable]) {
    const columns = [{ name: 'deleted' }, column, ...newest];
    await createSortIndex(db, `ix_images_list_by_${column.name}`, 'images', columns);
  }
  // With `deleted` first, MariaDB looks that up alone and walks from the first page on.
  const byTime = engineOf(db).dialect === 'mysql' ? newest : [{ name: 'deleted' }, ...newest];
  await createSortIndex(db, 'ix_images_list_by_created_at', 'images', byTime);
  await createSortIndex(db, 'ix_images_list_by_id', 'images', [{ name: 'deleted' }, { name: 'id' }]);
  const owned = [{ name: 'owner' }, { name: 'deleted' }, ...newest];
  await createSortIndex(db, 'ix_images_list_by_owner', 'images', owned);
}

/** The schema of glance's database, step by step. */
export const migrations: Migrations = {
  '2018_02_images': {
    async up(db) {
      await createImages(db);
      await createProperties(db);
      await createLocations(db);
      await createTags(db);
      await createMembers(db);
    },
  },
  '2018_03_list_indexes': { up: createListIndexes },
};
