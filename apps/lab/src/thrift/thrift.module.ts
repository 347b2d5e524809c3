import { Module } from '@nestjs/common';
import { OtlpModule } from '../otlp/otlp.module';
import { ThriftAgent } from './thrift-agent';
import { ThriftController } from './thrift.controller';

/** Spans in Jaeger's own, older form. */
@Module({ imports: [OtlpModule], controllers: [ThriftController], providers: [ThriftAgent] })
export class ThriftModule {}
