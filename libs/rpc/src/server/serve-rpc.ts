import { LabLogger } from '@bootlab/tracing';
import { DynamicModule, Module, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Listener, RpcTransport } from '../transport';
import { RpcDispatcher } from './rpc-dispatcher';
import { RpcController } from './rpc.controller';

@Module({})
class RpcServerModule {}

export interface RpcServerOptions extends Listener {
  transport: RpcTransport;
  logger: LabLogger;
  /** The module that provides and exports the endpoints. */
  module: DynamicModule | Type;
  /** Classes with @RpcEndpoint. */
  endpoints: Type[];
  /** Runs once all is made and before the first message is taken. */
  beforeListen?: (get: <T>(type: Type<T>) => T) => Promise<void>;
}

/** Serves RPC endpoints under a topic and a host. Plays `oslo_messaging.get_rpc_server`. */
export async function serveRpc(options: RpcServerOptions): Promise<{ url: string; close(): Promise<void> }> {
  const { transport, logger, module, endpoints, topic, server } = options;
  const app = await NestFactory.createMicroservice(
    {
      module: RpcServerModule,
      imports: [module],
      controllers: [RpcController],
      providers: [
        { provide: LabLogger, useValue: logger },
        {
          provide: RpcDispatcher,
          useFactory: (...found: object[]) => new RpcDispatcher(found, `${topic}.${server}`, transport.system),
          inject: endpoints,
        },
      ],
    },
    { ...transport.microservice({ topic, server }), logger, abortOnError: false },
  );
  await options.beforeListen?.((type) => app.get(type, { strict: false }));
  await app.listen();
  const url = transport.listening({ topic, server }, app.unwrap());
  return {
    url,
    async close() {
      await transport.close();
      await app.close();
    },
  };
}
