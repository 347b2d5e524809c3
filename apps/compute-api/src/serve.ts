import { openNovaRpc } from '@bootlab/nova';
import { openNovaDatabase } from '@bootlab/nova-db';
import { Running, serveHttp } from '@bootlab/service';
import type { LabLogger } from '@bootlab/tracing';
import { FaultFilter } from './api/openstack/fault.filter';
import { answerFrameworkError } from './api/openstack/framework-errors';
import type { NovaReply } from './api/openstack/request';
import { addBodyParser } from './api/openstack/request-body';
import { addRequestIds } from './api/openstack/request-id';
import { KnownRoutes } from './api/openstack/routes';
import { AppModule } from './app.module';

/** Starts compute-api: opens nova's database, connects to the conductor's transport, serves the API. */
export async function serve(logger: LabLogger): Promise<Running> {
  const db = await openNovaDatabase((message) => logger.warn(message));
  const { transport, client } = openNovaRpc((message) => logger.warn(message));
  const running = await serveHttp({
    service: 'compute-api',
    logger,
    module: AppModule.over(db, client),
    adapter: {
      routerOptions: { maxParamLength: 1024, ignoreTrailingSlash: true },
      frameworkErrors: (error, _request, reply) => answerFrameworkError(error, reply as unknown as NovaReply),
    },
    configure(app) {
      const fastify = app.getHttpAdapter().getInstance();
      addRequestIds(fastify);
      addBodyParser(fastify);
      app.useGlobalFilters(new FaultFilter(logger, new KnownRoutes(fastify)));
    },
  });
  return {
    url: running.url,
    async close() {
      await running.close();
      await transport.close();
    },
  };
}
