import { loadConf, novaConf } from '@bootlab/openstack';
import type { Kysely } from 'kysely';
import { novaMigrations } from './migrations';
import type { NovaSchema } from './schema';

export type NovaDatabase = Kysely<NovaSchema>;

/**
 * Opens nova's database as `[database] connection` of nova.conf says and brings it up to date.
 * @throws Error in one sentence when it cannot be opened
 */
export async function openNovaDatabase(): Promise<NovaDatabase> {
  // Loaded here, so that a compute host, which has no database, does without the driver.
  const { openDatabase } = await import('@bootlab/database');
  return openDatabase<NovaSchema>(loadConf(novaConf).database.connection, { migrations: novaMigrations });
}
