import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { OtlpController } from './otlp.controller';
import { SpanReceiver } from './span-receiver';
import { TooLargeFilter } from './too-large.filter';

@Module({
  controllers: [OtlpController],
  providers: [SpanReceiver, { provide: APP_FILTER, useClass: TooLargeFilter }],
  exports: [SpanReceiver],
})
export class OtlpModule {}
