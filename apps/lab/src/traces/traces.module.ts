import { Module } from '@nestjs/common';
import { TraceWaitService } from './trace-wait.service';
import { TracesController } from './traces.controller';

@Module({ controllers: [TracesController], providers: [TraceWaitService] })
export class TracesModule {}
