import type { Migrations } from '@bootlab/database';
import { CreateTableBuilder, Kysely, sql } from 'kysely';

/** Adds the columns of every table, so it comes last. */
function dated<C extends string>(table: CreateTableBuilder<string, C>) {
  return table
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text')
    .addColumn('deleted_at', 'text')
    .addColumn('deleted', 'integer', (column) => column.notNull().defaultTo(0));
}

function child(db: Kysely<unknown>, name: string) {
  return db.schema
    .createTable(name)
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('image_id', 'varchar(36)', (column) => column.notNull().references('images.id'));
}

async function index(db: Kysely<unknown>, table: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`ix_${table}_${columns.join('_')}`)
    .on(table)
    .columns(columns)
    .execute();
}

async function createImages(db: Kysely<unknown>): Promise<void> {
  const images = db.schema
    .createTable('images')
    .addColumn('id', 'varchar(36)', (column) => column.primaryKey().notNull())
    .addColumn('name', 'varchar(255)')
    .addColumn('disk_format', 'varchar(20)')
    .addColumn('container_format', 'varchar(20)')
    .addColumn('size', 'bigint')
    .addColumn('virtual_size', 'bigint')
    .addColumn('status', 'varchar(30)', (column) => column.notNull())
    .addColumn('visibility', 'varchar(9)', (column) => column.notNull().defaultTo('shared'))
    .addColumn('checksum', 'varchar(32)')
    .addColumn('min_disk', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('min_ram', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('owner', 'varchar(255)')
    .addColumn('protected', 'integer', (column) => column.notNull().defaultTo(0));
  await dated(images).execute();
  await index(db, 'images', ['deleted', 'created_at', 'id']);
  await index(db, 'images', ['visibility', 'deleted', 'created_at', 'id']);
  await index(db, 'images', ['owner', 'deleted']);
  await index(db, 'images', ['updated_at']);
}

async function createProperties(db: Kysely<unknown>): Promise<void> {
  await dated(
    child(db, 'image_properties')
      .addColumn('name', 'varchar(255)', (column) => column.notNull())
      .addColumn('value', 'text'),
  )
    .addUniqueConstraint('ix_image_properties_image_id_name', ['image_id', 'name'])
    .execute();
}

async function createLocations(db: Kysely<unknown>): Promise<void> {
  await dated(
    child(db, 'image_locations')
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('meta_data', 'text', (column) => column.notNull().defaultTo('{}'))
      .addColumn('status', 'varchar(30)', (column) => column.notNull().defaultTo('active')),
  ).execute();
  await index(db, 'image_locations', ['image_id']);
}

async function createTags(db: Kysely<unknown>): Promise<void> {
  await dated(child(db, 'image_tags').addColumn('value', 'varchar(255)', (column) => column.notNull())).execute();
  await index(db, 'image_tags', ['image_id', 'value']);
}

async function createMembers(db: Kysely<unknown>): Promise<void> {
  await dated(
    child(db, 'image_members')
      .addColumn('member', 'varchar(255)', (column) => column.notNull())
      .addColumn('can_share', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('status', 'varchar(20)', (column) => column.notNull().defaultTo(sql.lit('pending'))),
  )
    .addUniqueConstraint('image_members_image_id_member_deleted_at_key', ['image_id', 'member', 'deleted_at'])
    .execute();
  await index(db, 'image_members', ['member', 'image_id']);
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
};
