import { StateUpdates } from '@bootlab/nova';
import { DynamicModule, Global, Module, OnApplicationShutdown } from '@nestjs/common';
import { Kysely } from 'kysely';
import type { NovaDatabase } from './db/open';
import { Allocations } from './objects/allocations';
import { BlockDevices } from './objects/block-devices';
import { BuildRequests } from './objects/build-requests';
import { ComputeNodes } from './objects/compute-nodes';
import { Flavors } from './objects/flavors';
import { InstanceActionEvents } from './objects/instance-action-events';
import { InstanceActions } from './objects/instance-actions';
import { InstanceFaults } from './objects/instance-faults';
import { InstanceMappings } from './objects/instance-mappings';
import { Instances } from './objects/instances';
import { Quotas } from './objects/quotas';
import { RequestSpecs } from './objects/request-specs';
import { Services } from './objects/services';
import { Tags } from './objects/tags';

const objects = [
  Allocations,
  BlockDevices,
  BuildRequests,
  ComputeNodes,
  Flavors,
  InstanceActionEvents,
  InstanceActions,
  InstanceFaults,
  InstanceMappings,
  Instances,
  Quotas,
  RequestSpecs,
  Services,
  Tags,
];

/** nova's database and the objects in it, for a process that may open it. Closes it when the application ends. */
@Global()
@Module({})
export class NovaDatabaseModule implements OnApplicationShutdown {
  constructor(private readonly db: Kysely<unknown>) {}

  static over(db: NovaDatabase): DynamicModule {
    return {
      module: NovaDatabaseModule,
      providers: [{ provide: Kysely, useValue: db }, StateUpdates, ...objects],
      exports: [Kysely, ...objects, StateUpdates],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.db.destroy();
  }
}
