import { HttpService, httpUrl, listenAddress, Matchmaker } from '@bootlab/openstack';
import type { LabLogger } from '@bootlab/tracing';
import { NestFactory } from '@nestjs/core';
import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { addTracingHooks } from './http-hooks';
import { listenError } from './listen-error';
import { refuseMalformed } from './malformed-request';
import type { Running } from './run-service';

type AdapterOptions = ConstructorParameters<typeof FastifyAdapter>[0];

export interface HttpOptions {
  service: HttpService;
  logger: LabLogger;
  /** The root module of the app. */
  module: Parameters<typeof NestFactory.create>[0];
  /** Fastify's own options, e.g. `bodyLimit` (bytes) or `rewriteUrl`. */
  adapter?: Exclude<AdapterOptions, undefined>;
  /** Body parsers, filters and the like, before the app listens. */
  configure?: (app: NestFastifyApplication) => void;
}

/**
 * Serves a Nest module over HTTP where the configuration says, and publishes its URL.
 * @throws Error naming service and option when it cannot listen there
 */
export async function serveHttp({ service, logger, module, adapter, configure }: HttpOptions): Promise<Running> {
  // Loaded only where it serves: the services that only take messages do without it.
  const platform = await import('@nestjs/platform-fastify');
  const fastify = new platform.FastifyAdapter({
    routerOptions: { maxParamLength: 1024 },
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    clientErrorHandler: refuseMalformed,
    ...adapter,
  } as AdapterOptions);
  const app = await NestFactory.create<NestFastifyApplication>(module, fastify, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  addTracingHooks(app.getHttpAdapter().getInstance());
  configure?.(app);
  const { host, port } = listenAddress(service);
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    throw listenError(service, error as NodeJS.ErrnoException);
  }
  const address = app.getHttpServer().address() as AddressInfo;
  const url = httpUrl(host, address.port);
  const matchmaker = new Matchmaker();
  matchmaker.publish(service, url);
  return {
    url,
    async close() {
      matchmaker.withdraw(service);
      await app.close();
    },
  };
}
