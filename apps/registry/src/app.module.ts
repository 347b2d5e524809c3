import { LabLogger } from '@bootlab/tracing';
import { DynamicModule, Inject, Module, OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FaultFilter } from './common/fault-filter';
import { DATABASE, GlanceDb } from './db/sqlalchemy/models';
import { ImagesController } from './registry/api/v1/images.controller';
import { MembersController } from './registry/api/v1/members.controller';
import { LIST_LIMITS, ListLimits } from './registry/api/v1/query-params';

interface Parts {
  db: GlanceDb;
  logger: LabLogger;
  conf: ListLimits;
}

/** The registry: its API v1 over glance's database. */
@Module({})
export class RegistryModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly db: GlanceDb) {}

  static with({ db, logger, conf }: Parts): DynamicModule {
    return {
      module: RegistryModule,
      controllers: [ImagesController, MembersController],
      providers: [
        { provide: DATABASE, useValue: db },
        { provide: LabLogger, useValue: logger },
        { provide: LIST_LIMITS, useValue: conf },
        { provide: APP_FILTER, useClass: FaultFilter },
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.db.destroy();
  }
}
