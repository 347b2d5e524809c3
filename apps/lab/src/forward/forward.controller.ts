import { Controller, Get } from '@nestjs/common';
import type { ForwardStatus } from './forward-queue';
import { Forwarder } from './forwarder';

@Controller('lab/v1/forward')
export class ForwardController {
  constructor(private readonly forwarder: Forwarder) {}

  /** Where spans are passed on to and how many have been; empty when they are not. */
  @Get()
  status(): ForwardStatus | Record<string, never> {
    return this.forwarder.status ?? {};
  }
}
