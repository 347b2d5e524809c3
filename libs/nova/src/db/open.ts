import { ConnectOptions, manageDatabase, openDatabase } from '@bootlab/database';
import { loadConf, novaConf } from '@bootlab/openstack';
import type { Kysely } from 'kysely';
import { novaMigrations } from './migrations';
import type { NovaSchema } from './schema';

export type NovaDatabase = Kysely<NovaSchema>;

/**
 * Opens nova's database as `[database] connection` of nova.conf says and brings it up to date.
 * @param warn told, in a sentence, of a server that does not answer yet
 * @throws Error in one sentence when it cannot be opened
 */
export async function openNovaDatabase(warn: ConnectOptions['warn']): Promise<NovaDatabase> {
  const { connection, ...settings } = loadConf(novaConf).database;
  return openDatabase<NovaSchema>(connection, { migrations: novaMigrations, settings, warn });
}

/** Does a task of `nova-manage db`. */
export const manageNovaDatabase: ManageTask = (task, warn) => {
  const { connection, ...settings } = loadConf(novaConf).database;
  return manageDatabase(task, connection, { migrations: novaMigrations, settings, warn });
};
