import { DynamicModule, Module } from '@nestjs/common';
import { ForwardModule } from './forward/forward.module';
import { IndexController } from './index.controller';
import { JaegerModule } from './jaeger/jaeger.module';
import { JaegerUiModule } from './jaeger-ui/jaeger-ui.module';
import type { LabOptions } from './lab-options';
import { OtlpModule } from './otlp/otlp.module';
import { PagesModule } from './pages/pages.module';
import { StoreModule } from './store/store.module';
import { ThriftModule } from './thrift/thrift.module';
import { TracesModule } from './traces/traces.module';

@Module({})
export class LabModule {
  static register(options: LabOptions): DynamicModule {
    return {
      module: LabModule,
      imports: [
        StoreModule.register(options),
        OtlpModule,
        TracesModule,
        ForwardModule,
        ThriftModule,
        JaegerModule,
        JaegerUiModule,
        PagesModule,
      ],
      controllers: [IndexController],
    };
  }
}
