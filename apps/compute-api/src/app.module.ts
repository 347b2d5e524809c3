import { NovaRpcModule } from '@bootlab/nova';
import { NovaDatabase, NovaDatabaseModule } from '@bootlab/nova-db';
import { ImageApi } from '@bootlab/nova-image';
import { loadConf, novaConf } from '@bootlab/openstack';
import type { RpcClient } from '@bootlab/rpc';
import { DynamicModule, Module } from '@nestjs/common';
import { NovaKeystoneContext } from './api/openstack/auth';
import { FlavorManageController } from './api/openstack/compute/flavor-manage';
import { FlavorsController } from './api/openstack/compute/flavors';
import { HypervisorsController } from './api/openstack/compute/hypervisors';
import { ListQuery } from './api/openstack/compute/list-query';
import { ServerListsController } from './api/openstack/compute/server-lists';
import { ServersController } from './api/openstack/compute/servers';
import { ServiceController } from './api/openstack/compute/services';
import { VersionsController } from './api/openstack/compute/versions';
import { ServerViews } from './api/openstack/compute/views/servers';
import { Resource } from './api/openstack/wsgi';
import { ComputeApi } from './compute/api';
import { BaseOptionsBuilder } from './compute/base-options';
import { BuildArtifactsStore } from './compute/build-artifacts';
import { CreateChecks } from './compute/checks';
import { ServerDeletion } from './compute/delete';
import { FlavorTypes } from './compute/flavors';
import { ServerLookup } from './compute/get';
import { BootImages } from './compute/images';
import { KernelAndRamdiskImages } from './compute/kernel-and-ramdisk';
import { ServerList } from './compute/list';
import { Provisioner } from './compute/provision';
import { BlockDeviceValidator } from './compute/validate-bdm';
import { Policy } from './policies/policy';

/** compute-api: the HTTP API, and the part of nova that stands behind it in this process. */
@Module({})
export class AppModule {
  static over(db: NovaDatabase, rpc: RpcClient): DynamicModule {
    return {
      module: AppModule,
      imports: [NovaDatabaseModule.over(db), NovaRpcModule.over(rpc)],
      controllers: [
        VersionsController,
        FlavorsController,
        FlavorManageController,
        HypervisorsController,
        ServerListsController,
        ServersController,
        ServiceController,
      ],
      providers: [
        { provide: ImageApi, useFactory: () => new ImageApi(loadConf(novaConf).glance) },
        { provide: Policy, useFactory: () => new Policy() },
        BaseOptionsBuilder,
        BlockDeviceValidator,
        BootImages,
        BuildArtifactsStore,
        ComputeApi,
        CreateChecks,
        FlavorTypes,
        KernelAndRamdiskImages,
        ListQuery,
        NovaKeystoneContext,
        Provisioner,
        Resource,
        ServerDeletion,
        ServerList,
        ServerLookup,
        ServerViews,
      ],
    };
  }
}
