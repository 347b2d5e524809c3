import { ConnectOptions, OpenDatabaseOptions } from '@bootlab/database';
import { glanceRegistryConf, homeFolder, loadConf } from '@bootlab/openstack';
import { migrations } from './sqlalchemy/migrations';

/** Where glance's database is and how it is used: section `[database]` of glance-registry.conf. */
export function glanceDatabaseOptions(
  warn: ConnectOptions['warn'],
): [connection: string, options: OpenDatabaseOptions] {
  const { connection, ...settings } = loadConf(glanceRegistryConf).database;
  return [connection, { migrations, baseDir: homeFolder(), settings, warn }];
}
