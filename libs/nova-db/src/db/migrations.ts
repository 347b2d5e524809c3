import { devstackFlavors } from '@bootlab/openstack';
import type { Migrations } from '@bootlab/database';
import type { Kysely } from 'kysely';
import type { NovaSchema } from './schema';
import { createHostTables } from './tables/hosts';
import { createInstanceTables } from './tables/instances';
import { createListIndexes } from './tables/list-indexes';
import { createRequestTables } from './tables/requests';

async function insertFlavors(db: Kysely<NovaSchema>): Promise<void> {
  const same = {
    ephemeral_gb: 0,
    swap: 0,
    rxtx_factor: 1,
    vcpu_weight: 0,
    is_public: 1,
    disabled: 0,
    extra_specs: '{}',
    created_at: new Date().toISOString(),
    updated_at: null,
  };
  await db
    .insertInto('flavors')
    .values(devstackFlavors.map((flavor) => ({ ...flavor, ...same })))
    .execute();
}

/** The steps that make nova's database, with DevStack's flavors in it. */
export const novaMigrations: Migrations = {
  '001_first': {
    async up(db: Kysely<NovaSchema>) {
      const schemaless = db as unknown as Kysely<unknown>;
      await createInstanceTables(schemaless);
      await createRequestTables(schemaless);
      await createHostTables(schemaless);
      await insertFlavors(db);
    },
  },
  '002_forced_down': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('services')
        .addColumn('forced_down', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
    },
  },
  '003_list_indexes': { up: createListIndexes },
};
