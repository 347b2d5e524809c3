import type { Migrations } from '@bootlab/database';
import type { Kysely } from 'kysely';

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

export const migrations: Migrations = {
  '001_traces': {
    async up(db) {
      await createTraces(db);
      await createOperations(db);
      await createOrigins(db);
      await createSpans(db);
    },
  },
};
