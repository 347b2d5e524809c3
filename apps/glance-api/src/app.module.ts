import { StoreBackend } from '@bootlab/image-store';
import { LabLogger } from '@bootlab/tracing';
import { DynamicModule, Module, OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { ContextMiddleware } from './api/middleware/context';
import { Enforcer } from './api/policy';
import { BaseController } from './api/v1/controller';
import { ImageReader } from './api/v1/get-from-store';
import { ImagePolicy } from './api/v1/image-policy';
import { ImagesController } from './api/v1/images';
import { writeControllers, writeProviders } from './api/v1/write.providers';
import { VersionsController } from './api/versions';
import { BaseClient } from './common/client';
import { FaultFilter } from './common/fault.filter';
import { PropertyRules } from './common/property-utils';
import { Pipeline } from './common/wsgi/pipeline.interceptor';
import { Resource } from './common/wsgi/resource';
import { GLANCE_CONF, GlanceConf } from './conf';
import { RegistryApi } from './registry/client/v1/api';
import { RegistryClient } from './registry/client/v1/client';

/** What glance-api is made of beside its own classes. */
export interface Parts {
  conf: GlanceConf;
  logger: LabLogger;
  enforcer: Enforcer;
  propertyRules: PropertyRules;
  stores: StoreBackend;
  registry: BaseClient;
}

/** The image API v1. */
@Module({})
export class GlanceApiModule implements OnApplicationShutdown {
  constructor(
    private readonly enforcer: Enforcer,
    private readonly stores: StoreBackend,
    private readonly registry: BaseClient,
  ) {}

  static with({ conf, logger, enforcer, propertyRules, stores, registry }: Parts): DynamicModule {
    return {
      module: GlanceApiModule,
      controllers: [ImagesController, ...writeControllers, VersionsController],
      providers: [
        { provide: GLANCE_CONF, useValue: conf },
        { provide: LabLogger, useValue: logger },
        { provide: Enforcer, useValue: enforcer },
        { provide: PropertyRules, useValue: propertyRules },
        { provide: StoreBackend, useValue: stores },
        { provide: BaseClient, useValue: registry },
        { provide: APP_INTERCEPTOR, useClass: Pipeline },
        { provide: APP_FILTER, useClass: FaultFilter },
        BaseController,
        ContextMiddleware,
        Resource,
        ImagePolicy,
        ImageReader,
        RegistryApi,
        RegistryClient,
        ...writeProviders,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    this.enforcer.close();
    await this.registry.close();
    await this.stores.close();
  }
}
