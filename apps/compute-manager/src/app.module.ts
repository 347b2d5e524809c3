import { NovaRpcModule } from '@bootlab/nova';
import { ImageApi } from '@bootlab/nova-image';
import { loadConf, novaConf } from '@bootlab/openstack';
import type { RpcClient } from '@bootlab/rpc';
import { LabLogger } from '@bootlab/tracing';
import { DynamicModule, Module } from '@nestjs/common';
import { ComputeConf } from './compute-conf';
import { BlockDevicePreparation } from './compute/block-devices';
import { BuildAndRun } from './compute/build-and-run';
import { BuildResources } from './compute/build-resources';
import { DoBuild } from './compute/do-build';
import { ErrorState } from './compute/error-state';
import { EscapedExceptions } from './compute/escaped-exceptions';
import { EventReporter } from './compute/event-reporter';
import { FailedBuild } from './compute/failed-build';
import { HostRegistration } from './compute/host-registration';
import { HostInit } from './compute/init-host';
import { InstanceInit } from './compute/init-instance';
import { LockedBuild } from './compute/locked-build';
import { ComputeManager } from './compute/manager';
import { Networks } from './compute/networks';
import { InstanceNotifications } from './compute/notifications';
import { ResourceTracker } from './compute/resource-tracker';
import { InstanceShutdown } from './compute/shutdown-instance';
import { SimulatedNetwork } from './compute/simulated-network';
import { Termination } from './compute/termination';
import { PatientConductor } from './conductor/patient-conductor';
import { RemoteFaults } from './conductor/remote-faults';
import { RemoteInstances } from './conductor/remote-instances';
import { NamedLocks } from './lockutils';
import { Images } from './virt/images';
import { Backend } from './virt/libvirt/backend';
import { LibvirtDriver } from './virt/libvirt/driver';
import { Guests } from './virt/libvirt/guests';
import { ImageCache } from './virt/libvirt/imagecache';
import { InstanceDisks } from './virt/libvirt/instance-disks';
import { LeftFolders } from './virt/libvirt/left-folders';
import { ImageFetch } from './virt/libvirt/utils';

const compute = [
  BlockDevicePreparation,
  BuildAndRun,
  BuildResources,
  ComputeManager,
  DoBuild,
  ErrorState,
  EscapedExceptions,
  EventReporter,
  FailedBuild,
  HostInit,
  HostRegistration,
  InstanceInit,
  InstanceNotifications,
  InstanceShutdown,
  LockedBuild,
  Networks,
  ResourceTracker,
  SimulatedNetwork,
  Termination,
];
const conductor = [PatientConductor, RemoteFaults, RemoteInstances];
const virt = [Backend, Guests, ImageCache, ImageFetch, Images, InstanceDisks, LeftFolders, LibvirtDriver];

@Module({})
export class AppModule {
  static over(client: RpcClient, logger: LabLogger): DynamicModule {
    return {
      module: AppModule,
      imports: [NovaRpcModule.over(client)],
      providers: [
        { provide: LabLogger, useValue: logger },
        { provide: ImageApi, useFactory: () => new ImageApi(loadConf(novaConf).glance) },
        ComputeConf,
        NamedLocks,
        ...compute,
        ...conductor,
        ...virt,
      ],
      exports: [ComputeManager],
    };
  }
}
