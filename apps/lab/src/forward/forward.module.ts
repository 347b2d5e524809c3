import { Module } from '@nestjs/common';
import { ForwardController } from './forward.controller';
import { Forwarder } from './forwarder';

@Module({ controllers: [ForwardController], providers: [Forwarder] })
export class ForwardModule {}
