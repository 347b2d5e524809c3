import { NovaRpcModule } from '@bootlab/nova';
import { NovaDatabase, NovaDatabaseModule } from '@bootlab/nova-db';
import type { RpcClient } from '@bootlab/rpc';
import { LabLogger } from '@bootlab/tracing';
import { DynamicModule, Module } from '@nestjs/common';
import { BuildRows } from './conductor/build-rows';
import { ComputeTaskManager } from './conductor/compute-task-manager';
import { ConductorConf } from './conductor/conductor-conf';
import { FailedBuilds } from './conductor/failed-builds';
import { HandOver } from './conductor/hand-over';
import { InstanceCreation } from './conductor/instance-creation';
import { InstanceScheduling } from './conductor/instance-scheduling';
import { ConductorManager } from './conductor/manager';
import { RemotableMethods } from './conductor/remotable-methods';
import { Rescheduling } from './conductor/rescheduling';
import { ServiceReports } from './service-reports';

const endpoints = [ComputeTaskManager, ConductorManager];

@Module({})
export class AppModule {
  static over(database: NovaDatabase, client: RpcClient, logger: LabLogger): DynamicModule {
    return {
      module: AppModule,
      imports: [NovaDatabaseModule.over(database), NovaRpcModule.over(client)],
      providers: [
        { provide: LabLogger, useValue: logger },
        BuildRows,
        ConductorConf,
        FailedBuilds,
        HandOver,
        InstanceCreation,
        InstanceScheduling,
        RemotableMethods,
        Rescheduling,
        ServiceReports,
        ...endpoints,
      ],
      exports: endpoints,
    };
  }
}
