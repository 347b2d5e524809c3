import { DynamicModule, Module } from '@nestjs/common';
import { IndexController } from './index.controller';
import type { LabOptions } from './lab-options';
import { OtlpModule } from './otlp/otlp.module';
import { StoreModule } from './store/store.module';
import { TracesModule } from './traces/traces.module';

@Module({})
export class LabModule {
  static register(options: LabOptions): DynamicModule {
    return {
      module: LabModule,
      imports: [StoreModule.register(options), OtlpModule, TracesModule],
      controllers: [IndexController],
    };
  }
}
