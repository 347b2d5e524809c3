import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { MemoryBudget } from './memory-budget';
import { OtlpController } from './otlp.controller';
import { RetryLaterFilter } from './retry-later.filter';
import { SpanReceiver } from './span-receiver';

@Module({
  controllers: [OtlpController],
  providers: [SpanReceiver, MemoryBudget, { provide: APP_FILTER, useClass: RetryLaterFilter }],
  exports: [SpanReceiver],
})
export class OtlpModule {}
