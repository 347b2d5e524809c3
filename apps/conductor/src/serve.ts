import { openNovaRpc } from '@bootlab/nova';
import { Allocations, openNovaDatabase } from '@bootlab/nova-db';
import { serveRpc } from '@bootlab/rpc';
import { LabLogger, untraced } from '@bootlab/tracing';
import { AppModule } from './app.module';
import { ConductorConf } from './conductor/conductor-conf';
import { ComputeTaskManager } from './conductor/compute-task-manager';
import { ConductorManager } from './conductor/manager';
import { ServiceReports } from './service-reports';

/** Opens nova's database and serves the topic `conductor` until closed. */
export async function serve(logger: LabLogger): Promise<{ url: string; close(): Promise<void> }> {
  const database = await openNovaDatabase((message) => logger.warn(message));
  try {
    const { transport, client } = openNovaRpc((message) => logger.warn(message));
    return await serveRpc({
      transport,
      logger,
      module: AppModule.over(database, client, logger),
      endpoints: [ComputeTaskManager, ConductorManager],
      topic: 'conductor',
      server: new ConductorConf().host,
      beforeListen: (get) =>
        untraced(async () => {
          await get(Allocations).deleteOrphans();
          await get(ServiceReports).start();
        }),
    });
  } catch (error) {
    await database.destroy();
    throw error;
  }
}
