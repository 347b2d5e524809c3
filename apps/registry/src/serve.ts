import { openDatabase } from '@bootlab/database';
import { glanceRegistryConf, loadConf } from '@bootlab/openstack';
import { Running, serveHttp } from '@bootlab/service';
import type { LabLogger } from '@bootlab/tracing';
import { addContext } from './api/middleware/context';
import { RegistryModule } from './app.module';
import { glanceDatabaseOptions } from './db/open';
import type { Tables } from './db/sqlalchemy/models';

/** Largest JSON body in bytes: an image has 128 properties of at most 64 KiB in its headers, and a list of locations. */
const LARGEST_BODY = 1024 * 1024;

/** Opens glance's database and serves the registry's API. */
export async function serve(logger: LabLogger): Promise<Running> {
  const conf = loadConf(glanceRegistryConf);
  const db = await openDatabase<Tables>(...glanceDatabaseOptions((message) => logger.warn(message)));
  try {
    return await serveHttp({
      service: 'registry',
      logger,
      module: RegistryModule.with({ db, logger, conf: conf.DEFAULT }),
      adapter: { bodyLimit: LARGEST_BODY },
      configure: addContext,
    });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
