import { RpcClient } from '@bootlab/rpc';
import { DynamicModule, Global, Module } from '@nestjs/common';
import { ComputeRpcApi } from './compute/rpcapi';
import { ComputeTaskApi } from './conductor/api';
import { ConductorApi } from './conductor/object-rpcapi';
import { ComputeTaskRpcApi } from './conductor/rpcapi';

const clients = [ComputeRpcApi, ComputeTaskApi, ComputeTaskRpcApi, ConductorApi];

/** The ways from one process of nova to another. */
@Global()
@Module({})
export class NovaRpcModule {
  static over(client: RpcClient): DynamicModule {
    return {
      module: NovaRpcModule,
      providers: [{ provide: RpcClient, useValue: client }, ...clients],
      exports: [RpcClient, ...clients],
    };
  }
}
