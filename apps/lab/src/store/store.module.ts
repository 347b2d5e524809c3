import { DynamicModule, Inject, Module, OnApplicationShutdown } from '@nestjs/common';
import { LAB_OPTIONS, LabOptions } from '../lab-options';
import { Arrivals } from './arrivals';
import { DependencyQueries } from './dependency-queries';
import { DurationCounts } from './duration-counts';
import { LAB_DATABASE, LabDatabase, labDatabaseProvider } from './lab-database';
import { Operations } from './operations';
import { Origins } from './origins';
import { Retention } from './retention';
import { SpanQueue } from './span-queue';
import { SpanWriter } from './span-writer';
import { OperationQueries } from './operation-queries';
import { Tags } from './tags';
import { TraceOverviews } from './trace-overviews';
import { TraceQueries } from './trace-queries';
import { TraceSearch } from './trace-search';

@Module({})
export class StoreModule implements OnApplicationShutdown {
  constructor(@Inject(LAB_DATABASE) private readonly db: LabDatabase) {}

  static register(options: LabOptions): DynamicModule {
    return {
      module: StoreModule,
      global: true,
      providers: [
        { provide: LAB_OPTIONS, useValue: options },
        labDatabaseProvider,
        Operations,
        Origins,
        Retention,
        Tags,
        SpanWriter,
        Arrivals,
        SpanQueue,
        TraceSearch,
        TraceQueries,
        OperationQueries,
        TraceOverviews,
        DependencyQueries,
        DurationCounts,
      ],
      exports: [
        LAB_OPTIONS,
        SpanQueue,
        SpanWriter,
        Arrivals,
        TraceSearch,
        TraceQueries,
        OperationQueries,
        TraceOverviews,
        DependencyQueries,
        DurationCounts,
      ],
    };
  }

  /** By now no request is left that would use it. */
  async onApplicationShutdown(): Promise<void> {
    await this.db.destroy();
  }
}
