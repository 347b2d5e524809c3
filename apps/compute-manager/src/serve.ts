import { openNovaRpc } from '@bootlab/nova';
import { serveRpc } from '@bootlab/rpc';
import { LabLogger, untraced } from '@bootlab/tracing';
import { AppModule } from './app.module';
import { ComputeConf } from './compute-conf';
import { HostInit } from './compute/init-host';
import { ComputeManager } from './compute/manager';

/** Gets this host ready and serves its topic, `compute.<host>`, until closed. */
export async function serve(logger: LabLogger): Promise<{ url: string; close(): Promise<void> }> {
  const { transport, client } = openNovaRpc((message) => logger.warn(message));
  return serveRpc({
    transport,
    logger,
    module: AppModule.over(client, logger),
    endpoints: [ComputeManager],
    topic: 'compute',
    server: new ComputeConf().host,
    beforeListen: (get) => untraced(() => get(HostInit).initHost()),
  });
}
