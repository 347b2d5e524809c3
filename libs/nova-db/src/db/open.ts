import { ConnectOptions, OpenDatabaseOptions, openDatabase } from '@bootlab/database';
import { loadConf, novaConf } from '@bootlab/openstack';
import type { Kysely } from 'kysely';
import { novaMigrations } from './migrations';
import type { NovaSchema } from './schema';

export type NovaDatabase = Kysely<NovaSchema>;

/** Where nova's database is and how it is used: section `[database]` of nova.conf. */
export function novaDatabaseOptions(warn?: ConnectOptions['warn']): [connection: string, options: OpenDatabaseOptions] {
  const { connection, ...settings } = loadConf(novaConf).database;
  return [connection, { migrations: novaMigrations, settings, warn }];
}

/**
 * Opens nova's database and brings it up to date.
 * @param warn told, in a sentence, of a server that does not answer yet
 * @throws Error in one sentence when it cannot be opened
 */
export async function openNovaDatabase(warn?: ConnectOptions['warn']): Promise<NovaDatabase> {
  return openDatabase<NovaSchema>(...novaDatabaseOptions(warn));
}
