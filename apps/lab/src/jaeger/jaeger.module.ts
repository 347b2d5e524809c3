import { Module } from '@nestjs/common';
import { OtlpModule } from '../otlp/otlp.module';
import { DependenciesController } from './dependencies.controller';
import { FoundTraces } from './found-traces.service';
import { MetricsController } from './metrics.controller';
import { NamesV1Controller } from './names-v1.controller';
import { TracesV1Controller } from './traces-v1.controller';
import { UnknownApiController } from './unknown-api.controller';
import { V3Controller } from './v3.controller';

/** What Jaeger's server answers. */
@Module({
  imports: [OtlpModule],
  controllers: [
    NamesV1Controller,
    TracesV1Controller,
    DependenciesController,
    MetricsController,
    V3Controller,
    UnknownApiController,
  ],
  providers: [FoundTraces],
})
export class JaegerModule {}
