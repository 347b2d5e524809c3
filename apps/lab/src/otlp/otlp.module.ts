import { Module } from '@nestjs/common';
import { OtlpController } from './otlp.controller';

@Module({ controllers: [OtlpController] })
export class OtlpModule {}
