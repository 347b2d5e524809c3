import type { Migrations } from '@bootlab/database';
import { CompiledQuery, Kysely, sql } from 'kysely';
import { indexStored } from './index-stored';

async function createTraces(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('traces')
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('trace_id', 'text', (column) => column.notNull().unique())
    .addColumn('root_service', 'text')
    .addColumn('root_name', 'text')
    .addColumn('start_micros', 'integer', (column) => column.notNull())
    .addColumn('end_micros', 'integer', (column) => column.notNull())
    .addColumn('span_count', 'integer', (column) => column.notNull())
    .addColumn('error_count', 'integer', (column) => column.notNull())
    .execute();
}

async function createOperations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('operations')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addUniqueConstraint('operations_unique', ['service', 'name', 'kind'])
    .execute();
}

async function createOrigins(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('origins')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('body', 'text', (column) => column.notNull().unique())
    .addColumn('last_trace', 'integer', (column) => column.notNull())
    .execute();
}

/** Traces, operations and origins go by number here, so that the indexes stay small and grow at their end. */
async function createSpans(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('spans')
    .addColumn('trace', 'integer', (column) => column.notNull())
    .addColumn('span_id', 'text', (column) => column.notNull())
    .addColumn('parent_span_id', 'text')
    .addColumn('operation', 'integer', (column) => column.notNull())
    .addColumn('origin', 'integer', (column) => column.notNull())
    .addColumn('start_micros', 'integer', (column) => column.notNull())
    .addColumn('duration_micros', 'integer', (column) => column.notNull())
    .addColumn('error', 'integer', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('spans_by_id').on('spans').columns(['trace', 'span_id']).unique().execute();
  await db.schema.createIndex('spans_by_operation').on('spans').columns(['operation', 'trace']).execute();
}

/** What a search asks for. */
async function makeSearchable(db: Kysely<unknown>): Promise<void> {
  for (const column of ['shortest_micros', 'longest_micros', 'kept']) {
    await db.schema
      .alterTable('traces')
      .addColumn(column, 'integer', (definition) => definition.notNull().defaultTo(0))
      .execute();
  }
  // Holds all that a search without tags asks for, so that it need not look up the rows.
  await db.schema.dropIndex('spans_by_operation').execute();
  await db.schema
    .createIndex('spans_by_operation')
    .on('spans')
    .columns(['operation', 'trace', 'duration_micros', 'start_micros', 'error'])
    .execute();
}

/** Which traces have which tags. By blocks of traces, so that rows are added, and dropped, where others were just now. */
async function createTags(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tags')
    .addColumn('block', 'integer', (column) => column.notNull())
    .addColumn('hash', 'integer', (column) => column.notNull())
    .addColumn('trace', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('tags_primary', ['block', 'hash', 'trace'])
    .modifyEnd(sql`without rowid`)
    .execute();
}

const DURATIONS = `
  update traces set (shortest_micros, longest_micros) = (
    select coalesce(min(duration_micros), 0), coalesce(max(duration_micros), 0) from spans where trace = traces.number
  )`;

/** Has searches find the spans of a store that had none. */
async function indexAll(db: Kysely<unknown>): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(DURATIONS));
  const { rows } = await sql<{ number: number }>`select number from traces`.execute(db);
  for (const { number } of rows) await indexStored(db, number);
}

export const migrations: Migrations = {
  '001_traces': {
    async up(db) {
      await createTraces(db);
      await createOperations(db);
      await createOrigins(db);
      await createSpans(db);
    },
  },
  '002_search': {
    async up(db) {
      await makeSearchable(db);
      await createTags(db);
      await indexAll(db);
    },
  },
  '003_tags_later': {
    async up(db) {
      await db.schema
        .alterTable('traces')
        .addColumn('untagged', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
    },
  },
};
